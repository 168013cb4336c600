"""What a refusal leads to: a statement that must be corrected, a profile that sharpens, a list that remembers."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.availability.builders import a_statement
from tests.availability.referrals.conftest import Provider, Worker, notices

pytestmark = pytest.mark.slow

Home = tuple[Provider, int]
AHome = Callable[..., Home]


def remembered(worker: Worker, case: str) -> Any:
    (refusal,) = worker.get(f"/care-requests/{case}/refusals").json()["items"]
    return refusal


class TestNoPlaceAgainstAnOpenPlace:
    @pytest.fixture
    def refused(self, worker: Worker, case: str, home: Home) -> Any:
        return home[0].refuse(worker.sent(case, home[1]), "no-place").json()

    def test_asks_the_provider_to_correct_its_statement(self, home: Home, refused: Any, session: Session) -> None:
        assert [(ask["kind"], ask["openPlaces"]) for ask in refused["asks"]] == [("correct-statement", 2)]
        assert "statement-contradicted" in notices(session, home[0].agb_code)

    def test_until_it_states_otherwise(self, home: Home, refused: Any, session: Session) -> None:
        a_statement(session, home[1], open_places=0)
        assert home[0].inbox()[0]["asks"] == []

    def test_saying_the_same_once_more_is_no_correction(self, home: Home, refused: Any, session: Session) -> None:
        a_statement(session, home[1])
        assert len(home[0].inbox()[0]["asks"]) == 1

    def test_who_states_none_open_is_asked_nothing(
        self, worker: Worker, case: str, a_home: AHome, session: Session
    ) -> None:
        provider, offer = a_home(statement={"open_places": 0})
        assert provider.refuse(worker.sent(case, offer), "no-place").json()["asks"] == []
        assert "statement-contradicted" not in notices(session, provider.agb_code)


class TestNotFitting:
    @pytest.fixture
    def refused(self, worker: Worker, case: str, home: Home) -> Any:
        return home[0].refuse(worker.sent(case, home[1]), "not-fitting", needs=["lvb"]).json()

    def test_asks_which_need_the_profile_should_exclude(self, refused: Any) -> None:
        assert [(ask["kind"], [need["code"] for need in ask["needs"]]) for ask in refused["asks"]] == [
            ("sharpen-profile", ["lvb"])
        ]

    def test_the_provider_confirms_and_the_profile_sharpens(self, worker: Worker, home: Home, refused: Any) -> None:
        told = home[0].post(f"/referrals/{refused['id']}/sharpening", {"excludes": ["lvb"]})
        assert told.json()["asks"] == []
        assert worker.get(f"/offers/{home[1]}").json()["excludes"] == ["lvb"]

    def test_what_it_no_longer_serves_it_no_longer_claims_to(
        self, home: Home, refused: Any, worker: Worker, session: Session
    ) -> None:
        session.execute(
            text("UPDATE offer SET serves = (SELECT 1::bigint << bit FROM need WHERE code = 'lvb') WHERE id = :id"),
            {"id": home[1]},
        )
        home[0].post(f"/referrals/{refused['id']}/sharpening", {"excludes": ["lvb"]})
        offer = worker.get(f"/offers/{home[1]}").json()
        assert (offer["serves"], offer["excludes"]) == ([], ["lvb"])

    def test_or_says_that_the_profile_is_right(self, worker: Worker, home: Home, refused: Any) -> None:
        assert home[0].post(f"/referrals/{refused['id']}/sharpening", {"excludes": []}).json()["asks"] == []
        assert worker.get(f"/offers/{home[1]}").json()["excludes"] == []

    def test_once(self, home: Home, refused: Any) -> None:
        home[0].post(f"/referrals/{refused['id']}/sharpening", {"excludes": []})
        assert home[0].post(f"/referrals/{refused['id']}/sharpening", {"excludes": ["lvb"]}).status_code == 409

    def test_another_need_must_be_one_we_know(self, home: Home, refused: Any) -> None:
        wrong = home[0].post(f"/referrals/{refused['id']}/sharpening", {"excludes": ["onzin"]})
        assert wrong.json()["errors"][0]["pointer"] == "/excludes/0"


CHANGES: dict[str, Callable[[Session, Worker, str, int], object]] = {
    "statement": lambda session, _, __, offer: a_statement(session, offer, open_places=1),
    "profile": lambda session, _, __, offer: session.execute(
        text("UPDATE offer SET age_until = 18 WHERE id = :id"), {"id": offer}
    ),
    "question": lambda session, _, case, __: session.execute(
        text("UPDATE care_request SET needed_from = '2026-08-01' WHERE id = :id"), {"id": case}
    ),
}
"""Each in which a change makes asking again worth while, or not."""


class TestHowLongItIsRemembered:
    def test_until_something_changes_it_stands(self, worker: Worker, case: str, home: Home) -> None:
        home[0].refuse(worker.sent(case, home[1]))
        refusal = remembered(worker, case)
        assert (refusal["stands"], refusal["changed"], refusal["offerIds"]) == (True, [], [home[1]])

    @pytest.mark.parametrize("changed", list(CHANGES))
    def test_no_place_lapses_with_any_change(
        self, worker: Worker, case: str, home: Home, session: Session, changed: str
    ) -> None:
        home[0].refuse(worker.sent(case, home[1]), "no-place")
        CHANGES[changed](session, worker, case, home[1])
        refusal = remembered(worker, case)
        assert (refusal["stands"], refusal["changed"]) == (False, [changed])

    @pytest.mark.parametrize(("changed", "stands"), [("statement", True), ("profile", False), ("question", False)])
    def test_help_that_does_not_fit_does_not_fit_because_a_place_came_free(
        self, worker: Worker, case: str, home: Home, session: Session, changed: str, stands: bool
    ) -> None:
        home[0].refuse(worker.sent(case, home[1]), "not-fitting", needs=["lvb"])
        CHANGES[changed](session, worker, case, home[1])
        assert remembered(worker, case)["stands"] is stands

    def test_a_statement_that_only_confirms_changes_nothing(
        self, worker: Worker, case: str, home: Home, session: Session
    ) -> None:
        home[0].refuse(worker.sent(case, home[1]))
        a_statement(session, home[1], waiting_count=3)
        assert remembered(worker, case)["stands"] is True

    def test_another_case_is_not_concerned(self, worker: Worker, case: str, home: Home) -> None:
        home[0].refuse(worker.sent(case, home[1]))
        other = worker.open(reference="2026-0043")
        assert worker.get(f"/care-requests/{other}/refusals").json()["items"] == []
