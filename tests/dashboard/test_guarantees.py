"""What must always be there, on Tekorten: what is not there first, then all of it, and the form; and its fake."""

from collections.abc import Iterator

import httpx2
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import dashboard.session
from dashboard.client import Client
from dashboard.guarantees import Promising, Standing, table, where_and_why
from dashboard.texts import desks
from dashboard.texts import guarantees as words
from tests.dashboard.conftest import SignIn, said
from tests.dashboard.fake_api import TOKEN, day, problem
from tests.dashboard.fake_guarantees import RHEDEN, a_promise, a_standing, here
from tests.dashboard.fake_oversight import FakeOversight
from tests.dashboard.test_fake_api import faults, operation

ID = a_promise()["id"]


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeOversight]:
    fake = FakeOversight()
    fake.promises.standing = [a_standing(), a_standing("kept", guarantee=a_promise(id="0" * 32, name="Pleegzorg"))]
    http = httpx2.Client(base_url="http://api.test/v1/", transport=fake.transport())
    monkeypatch.setattr(dashboard.session, "connect", lambda _: Client(http))
    st.cache_data.clear()
    st.cache_resource.clear()
    yield fake
    http.close()


def opened(sign_in: SignIn, role: str = "ret-chair") -> AppTest:
    return sign_in(role, "JZ28", "Centraal Gelderland").switch_page("app_pages/tekorten.py").run()


@pytest.mark.parametrize("role", ["ret-chair", "contract-manager"])
def test_what_is_not_there_comes_first_with_why_and_until_when(sign_in: SignIn, role: str) -> None:
    app = opened(sign_in, role)
    assert not app.exception
    assert "**Gezinshuis**. Ontbreekt in alle gemeenten sinds 2 november 2026." in said(app)
    assert "Er is geen plek vrij. Eerste start:" in said(app)
    assert "Afgesproken: één plek vrij, binnen de regio." in said(app)
    assert app.dataframe[0].value["Nu"].tolist() == ["Ontbreekt", "Aanwezig"]


def test_where_all_is_there_it_says_so(sign_in: SignIn, api: FakeOversight) -> None:
    api.promises.standing = [a_standing("kept")]
    assert words.ALL_THERE in said(opened(sign_in))


def test_where_nothing_is_named_it_says_what_would_fill_it(sign_in: SignIn, api: FakeOversight) -> None:
    api.promises.standing = []
    app = opened(sign_in)
    assert words.NOTHING_NAMED in said(app)
    assert app.selectbox(key="afspraak").options == [words.NEW]


def test_a_promise_is_named_in_the_form(sign_in: SignIn, api: FakeOversight) -> None:
    app = opened(sign_in)
    app.selectbox(key="hulp-nieuw").select("careType:gezinshuis")
    app.number_input(key="aantal-nieuw").set_value(2)
    app.number_input(key="vanaf-nieuw").set_value(12)
    app.number_input(key="tot-nieuw").set_value(17)
    next(each for each in app.button if each.label == words.ADD).click().run()
    (body,) = api.bodies("POST", "regions/JZ28/guarantees")
    assert body == {
        "careType": "gezinshuis", "places": 2, "withinDays": None, "reach": "region", "maxKm": None, "ageFrom": 12,
        "ageUntil": 17, "validUntil": None,
    }  # fmt: skip
    assert words.NAMED.format(name="Gezinshuis") in said(app)


def test_what_is_wrong_with_it_stands_at_the_form(sign_in: SignIn, api: FakeOversight) -> None:
    wrong = {"pointer": "/careType", "detail": "Kies een zorgvorm, of een groep van zorgvormen.", "code": "invalid"}
    api.promises.refused = problem(400, "invalid-input", "De invoer klopt niet.", wrong)
    app = opened(sign_in)
    next(each for each in app.button if each.label == words.ADD).click().run()
    assert "**Welke hulp**: Kies een zorgvorm" in said(app)


def test_a_promise_is_changed_and_taken_back_by_who_is_sure(sign_in: SignIn, api: FakeOversight) -> None:
    app = opened(sign_in)
    app.selectbox(key="afspraak").select(ID).run()
    app.number_input(key=f"aantal-{ID}").set_value(3)
    next(each for each in app.button if each.label == words.SAVE).click().run()
    assert [body["places"] for body in api.bodies("PUT", f"regions/JZ28/guarantees/{ID}")] == [3]
    app.selectbox(key="afspraak").select(ID).run()
    next(each for each in app.button if each.label == words.REMOVE).click().run()
    assert words.SAY_SURE in said(app)
    app.checkbox(key=f"weg-{ID}").check()
    next(each for each in app.button if each.label == words.REMOVE).click().run()
    assert ("DELETE", f"regions/JZ28/guarantees/{ID}", None) in api.asked
    assert words.REMOVED.format(name="Gezinshuis") in said(app)


def test_who_was_too_late_sees_what_is_there_now(sign_in: SignIn, api: FakeOversight) -> None:
    api.promises.standing = [a_standing(guarantee=a_promise(etag='"0"'))]
    app = opened(sign_in)
    app.selectbox(key="afspraak").select(ID).run()
    next(each for each in app.button if each.label == words.SAVE).click().run()
    assert desks.CHANGED_MEANWHILE in said(app)


def standing(**other: object) -> Standing:
    return Standing.model_validate(a_standing(**other))  # type: ignore[arg-type]  # a test's own words


def test_a_reason_names_the_municipalities_that_share_it() -> None:
    where = [here(soonestStart=None), here("kept", RHEDEN)]
    assert list(where_and_why(standing(municipalities=where))) == [
        "Arnhem: er is geen plek vrij. Wanneer er weer plek is, is onbekend."
    ]


def test_another_since_is_said_beside_the_municipality() -> None:
    where = [here(since="2025-03-01"), here(municipality=RHEDEN)]
    assert "Arnhem, sinds 1 maart 2025: er is geen plek vrij." in " ".join(
        where_and_why(standing(municipalities=where))
    )


@pytest.mark.parametrize(
    ("names", "of", "sentence"),
    [
        (["Arnhem"], 1, "Alle gemeenten"),
        (["Arnhem"], 9, "Arnhem"),
        (["Arnhem", "Ede"], 9, "Arnhem en Ede"),
        (["Arnhem", "Ede", "Rheden", "Rozendaal", "Westervoort"], 9, "Arnhem, Ede, Rheden en 2 andere"),
    ],
)
def test_municipalities_are_named_up_to_a_few(names: list[str], of: int, sentence: str) -> None:
    assert words.where(names, of) == sentence


def test_the_table_says_the_least_certain_and_the_soonest() -> None:
    where = [here(soonestStart=day(9)), here(municipality=RHEDEN, certainty="fairly-certain", soonestStart=day(5))]
    (row,) = table([standing(municipalities=where)]).to_dict("records")
    assert (row["Zekerheid"], row["Waar niet"]) == ("Redelijk zeker", "Alle gemeenten")
    assert table([standing(orEarlier=True)])["Sinds"].tolist() == [words.SINCE_LONG]


def test_the_fake_answers_and_the_screens_ask_what_the_service_describes(api: FakeOversight) -> None:
    promising = Promising(dashboard.session.api(), TOKEN, "JZ28")
    promising.standings()
    (seen, _) = promising.promises()
    terms = {"careType": "gezinshuis", "reach": "region", "places": 1, "validUntil": None}
    promising.add(terms)
    promising.change(seen, terms)
    promising.drop(seen)
    wrong = []
    for (method, path, body), answer in zip(api.asked, api.answered, strict=True):
        described = operation(method, path)
        if answer.content:
            schema = described["responses"][str(answer.status_code)]["content"]["application/json"]["schema"]
            wrong += [f"{method} {path} {fault}" for fault in faults(schema, answer.json())]
        if body is not None:
            wrong += faults(described["requestBody"]["content"]["application/json"]["schema"], body)
    assert not wrong
    assert {path for _, path, _ in api.asked} >= {"regions/JZ28/guarantees", f"regions/JZ28/guarantees/{ID}"}
