"""The type of every problem leads somewhere: to what it is, and what to do about it."""

import re

import pytest
from fastapi.testclient import TestClient

from availability.problem_types import problem_types, refusals_of
from availability.problems import STATUSES
from availability.refusals import Refusal


def test_every_refusal_of_the_code_is_documented(running: TestClient) -> None:
    """`running` imported all of the code, so all of its refusals are there to be found."""
    missing = {refusal.__qualname__ for refusal in refusals_of() if refusal.code not in problem_types()}
    assert missing == set()
    for problem in problem_types().values():
        answer = running.get(problem.type.removeprefix("/v1"))
        assert answer.status_code == 200, problem.type
        assert answer.json() == problem.model_dump(by_alias=True)


def test_every_family_with_a_status_has_advice_of_its_own() -> None:
    assert all(family.advice != Refusal.advice for family in STATUSES)


def test_each_says_what_it_is_in_plain_words(running: TestClient) -> None:
    for problem in problem_types().values():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", problem.code), problem.code
        assert problem.advice.endswith((".", "…")), problem.code
        assert problem.title != Refusal.title, problem.code
        assert 400 <= problem.status < 600


def test_a_person_who_follows_the_type_gets_a_page(running: TestClient) -> None:
    refused = running.get("/offers/999999999")
    page = running.get(refused.json()["type"].removeprefix("/v1"), headers={"Accept": "text/html,*/*"})
    assert page.headers["content-type"].startswith("text/html")
    assert "<h1>Niet gevonden</h1>" in page.text


def test_all_of_them_are_listed(running: TestClient) -> None:
    listed = [each["code"] for each in running.get("/problems").json()["items"]]
    assert listed == sorted(problem_types())
    assert {"invalid-input", "changed-meanwhile", "unlikely-jump", "contract-exists"} <= set(listed)


@pytest.mark.parametrize("code", ["bestaat-niet", "<script>", "x" * 200])
def test_what_is_no_type_is_refused(running: TestClient, code: str) -> None:
    assert running.get(f"/problems/{code}").status_code in {400, 404}
