"""The shared words, in memory and over HTTP."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from availability.vocabulary.lexicon import Lexicon, load_lexicon


@pytest.fixture
def lexicon(session: Session) -> Lexicon:
    return load_lexicon(session)


def test_every_care_type_is_listed_at_once_with_its_synonyms(client: TestClient) -> None:
    answer = client.get("/care-types").json()
    assert answer["next"] is None
    assert 45 <= len(answer["items"]) <= 60
    family_home = next(item for item in answer["items"] if item["code"] == "gezinshuis")
    assert family_home["name"] == "Gezinshuis"
    assert family_home["family"] == "Wonen in een gezin"
    assert family_home["cbsForm"] == "12"
    assert family_home["productCategories"] == ["43", "44"]
    assert family_home["stay"] is True
    assert "gezinshuisouders" in family_home["synonyms"]
    assert set(family_home) == {
        "code", "name", "synonyms", "family", "sectors", "stay", "general", "crisis", "description", "cbsForm",
        "productCategories",
    }  # fmt: skip


def test_needs_are_listed_without_their_bits(client: TestClient) -> None:
    first, *_ = client.get("/needs").json()["items"]
    assert (first["code"], first["name"]) == ("lvb", "Licht verstandelijke beperking")
    assert "moeilijk lerend" in first["synonyms"]
    assert set(first) == {"code", "name", "synonyms"}


def test_needs_become_a_mask_and_come_back(lexicon: Lexicon) -> None:
    mask = lexicon.need_mask(["trauma", "lvb"])
    assert lexicon.need_codes(mask) == ["lvb", "trauma"]
    assert lexicon.need_mask([]) == 0
    assert lexicon.need_codes(0) == []


def test_all_needs_together_fit_in_a_bigint(lexicon: Lexicon) -> None:
    assert lexicon.need_mask(lexicon.needs) < 2**63


def test_a_need_that_does_not_exist_has_no_bit(lexicon: Lexicon) -> None:
    with pytest.raises(KeyError):
        lexicon.need_mask(["heimwee"])
    assert lexicon.need("heimwee") is None


def test_a_care_type_that_does_not_exist_is_unknown(lexicon: Lexicon) -> None:
    assert lexicon.care_type("kasteel") is None


def test_care_types_stand_in_the_order_of_the_file_with_crisis_last(lexicon: Lexicon) -> None:
    words = list(lexicon.care_types.values())
    assert words[0].code == "gezinsbegeleiding"
    assert all(word.crisis for word in words[-5:])


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("gezinshuis", "gezinshuis"),
        ("gezinshius", "gezinshuis"),
        ("Gezinshuis LVB 12+", "gezinshuis"),
        ("gezinshui", "gezinshuis"),
        ("trauma terapie", "traumabehandeling"),
        ("emdr", "traumabehandeling"),
        ("mst", "mst"),
        ("dagbehandeling", "dagbehandeling"),
        ("triple p", "oudertraining"),
        ("spoedhulp", "crisis-ambulant"),
        ("gesloten", "jeugdzorgplus"),
        ("logeer weekend", "logeeropvang"),
        ("kamertraning", "kamertraining"),
        ("schoolmaatschapelijk werk", "schoolmaatschappelijk-werk"),
        ("moeder kind huis", "ouder-kindhuis"),
        ("kinderpsychiater", "specialistische-ggz"),
        ("pv", "persoonlijke-verzorging"),
        ("dislexie", "dyslexiezorg"),
    ],
)
def test_typing_errors_parts_and_synonyms_find_the_care_type(client: TestClient, typed: str, first: str) -> None:
    found = client.get("/care-types", params={"q": typed}).json()["items"]
    assert found[0]["code"] == first


def test_words_that_mean_nothing_here_find_nothing(client: TestClient) -> None:
    assert client.get("/care-types?q=stofzuiger").json() == {"items": [], "next": None}


def test_nothing_typed_shows_everything(client: TestClient) -> None:
    assert client.get("/care-types?q=%20").json() == client.get("/care-types").json()


def test_an_essay_is_no_query(client: TestClient) -> None:
    assert client.get("/care-types", params={"q": "x" * 101}).status_code == 400


def test_what_is_typed_names_a_care_type_and_the_needs_of_the_child(client: TestClient) -> None:
    told = client.post("/interpretations", json={"text": "gezinshuis lvb met agresie"}).json()
    assert told["careTypes"][0]["code"] == "gezinshuis"
    assert [need["code"] for need in told["needs"]] == ["lvb", "agressie"]


def test_what_is_typed_of_a_child_is_not_repeated(client: TestClient) -> None:
    refused = client.post("/interpretations", json={"text": "x" * 201, "naam": "Sanne"})
    assert refused.status_code == 400
    assert {each["pointer"] for each in refused.json()["errors"]} == {"/text", "/naam"}
    assert "Sanne" not in refused.text


def test_words_without_meaning_here_mean_nothing(client: TestClient) -> None:
    assert client.post("/interpretations", json={"text": "xyzzy"}).json() == {"careTypes": [], "needs": []}
