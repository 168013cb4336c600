"""A region's own names lead to the shared care types: suggested by us, confirmed by a human, kept per region."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from availability.products.naming import meaning, suggestions
from availability.vocabulary.lexicon import Lexicon, load_lexicon
from tests.availability.builders import ARNHEM
from tests.conftest import Token

REGION = "JZ28"


@pytest.fixture
def lexicon(session: Session) -> Lexicon:
    return load_lexicon(session)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Gezinshuis perceel 2", "gezinshuis"),
        ("Pleegzorg - voltijd", "pleegzorg"),
        ("logeren / logeer opvang", "logeeropvang"),
        ("44A08 gezinshuis", "gezinshuis"),
    ],
)
def test_the_likeliest_care_type_comes_first(lexicon: Lexicon, name: str, code: str) -> None:
    assert suggestions(name, lexicon)[0].care_type.code == code


def test_a_product_code_says_what_words_do_not(lexicon: Lexicon) -> None:
    (first, *_) = suggestions("Perceel 7b 44A08", lexicon)
    assert "44" in first.care_type.product_categories
    assert suggestions("Perceel 7b", lexicon) == []


def test_only_the_very_word_is_sure_without_a_human(lexicon: Lexicon) -> None:
    sure = meaning("GEZINSHUIS", lexicon, {})
    assert sure is not None
    assert sure.code == "gezinshuis"
    assert meaning("Gezinshuis perceel 2", lexicon, {}) is None
    said = meaning("Gezinshuis, perceel 2", lexicon, {"gezinshuis perceel 2": "pleegzorg"})
    assert said is not None
    assert said.code == "pleegzorg"


class Region:
    def __init__(self, client: TestClient, token: Token) -> None:
        self.client, self.token = client, token

    def name(self, *items: Any, role: str = "contract-manager", organisation: str = REGION) -> Any:
        headers = {"Authorization": self.token(role, organisation)}
        return self.client.post(f"/regions/{REGION}/products", json={"items": list(items)}, headers=headers)

    def ask(self, *names: str, region: str = REGION) -> Any:
        headers = {"Authorization": self.token("local-team", ARNHEM)}
        return self.client.post(f"/regions/{region}/product-suggestions", json={"names": names}, headers=headers)


@pytest.fixture
def region(client: TestClient, token: Token) -> Region:
    return Region(client, token)


def test_what_a_human_confirmed_holds_in_that_region_alone(region: Region) -> None:
    (asked,) = region.ask("Perceel 3: Thuis wonen plus").json()["items"]
    assert asked["careType"] is None
    kept = region.name({"name": "Perceel 3: Thuis wonen plus", "careType": "gezinshuis"})
    assert kept.status_code == 200, kept.text
    assert [(each["name"], each["confirmedBy"]) for each in kept.json()["items"]] == [
        ("Perceel 3: Thuis wonen plus", REGION)
    ]
    (known,) = region.ask("perceel 3 - thuis wonen PLUS").json()["items"]
    assert known == {"name": "perceel 3 - thuis wonen PLUS", "suggestions": []} | {
        "careType": {"code": "gezinshuis", "name": "Gezinshuis"}
    }
    (elsewhere,) = region.ask("Perceel 3: Thuis wonen plus", region="JZ01").json()["items"]
    assert elsewhere["careType"] is None


def test_a_name_may_be_as_long_as_a_product_book_makes_it(region: Region) -> None:
    long = "Perceel 2: " + "ambulante begeleiding " * 8
    assert region.name({"name": long, "careType": "gezinshuis"}).status_code == 200
    assert region.ask(long).json()["items"][0]["careType"]["code"] == "gezinshuis"
    assert region.ask("a" * 201).json()["errors"][0]["pointer"] == "/names/0"


def test_a_name_can_mean_something_else_later_or_nothing(region: Region) -> None:
    region.name({"name": "Perceel 3", "careType": "gezinshuis"})
    (kept,) = region.name({"name": "perceel 3", "careType": "pleegzorg"}).json()["items"]
    assert kept["careType"]["code"] == "pleegzorg"
    assert region.name({"name": "Perceel 3", "careType": None}).json()["items"] == []


def test_every_fault_is_named_at_once(region: Region) -> None:
    wrong = region.name(
        {"name": "Perceel 3", "careType": "x"}, {"name": "perceel  3", "careType": "pleegzorg"},
    )  # fmt: skip
    assert [fault["pointer"] for fault in wrong.json()["errors"]] == [
        "/items/0/careType", "/items/0/name", "/items/1/name",
    ]  # fmt: skip
    assert region.name({"name": "Bel 06-12345678", "careType": "pleegzorg"}).status_code == 400
    assert region.name({"name": "—", "careType": "pleegzorg"}).status_code == 400
    assert region.name().status_code == 400
    assert region.ask("x", region="JZ99").status_code == 404


@pytest.mark.parametrize(
    ("role", "organisation", "status"),
    [
        ("contract-manager", "JZ01", 403),
        ("provider", "41000001", 403),
        ("local-team", ARNHEM, 403),
        ("admin", "-", 200),
    ],
)
def test_a_region_names_its_own_products(region: Region, role: str, organisation: str, status: int) -> None:
    named = region.name({"name": "Perceel 3", "careType": "gezinshuis"}, role=role, organisation=organisation)
    assert named.status_code == status
