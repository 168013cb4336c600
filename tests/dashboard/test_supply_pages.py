"""The screens on which supply is kept: full, empty, refused; and their fake held to the real API."""

from collections.abc import Iterator
from datetime import timedelta

import httpx2
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import dashboard.session
from dashboard import supply
from dashboard.casework import Casework
from dashboard.client import Client
from dashboard.quarter import quarters
from dashboard.texts import arrangements, showing
from dashboard.texts import supply as nl
from tests.dashboard.conftest import APP, SignIn, press, said
from tests.dashboard.fake_api import PROVIDER, REGION, TODAY, TOKEN, day, problem
from tests.dashboard.fake_supply import SUPPLY_ROUTES, FakeSupply, a_contract, a_report, a_table
from tests.dashboard.test_fake_api import faults, operation

pytestmark = pytest.mark.slow


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeSupply]:
    fake = FakeSupply()
    http = httpx2.Client(base_url="http://api.test/v1/", transport=fake.transport())
    monkeypatch.setattr(dashboard.session, "connect", lambda _: Client(http))
    st.cache_data.clear()
    st.cache_resource.clear()
    yield fake
    http.close()


def _provider(sign_in: SignIn) -> AppTest:
    return sign_in("provider", "98000001", "De Wilgen").switch_page("app_pages/aanbod.py").run()


def _manager(sign_in: SignIn, page: str = "contracten") -> AppTest:
    return sign_in("contract-manager", "JZ28", REGION["name"]).switch_page(f"app_pages/{page}.py").run()


def test_a_provider_sees_its_offers_and_its_quarter(sign_in: SignIn) -> None:
    app = _provider(sign_in)
    assert not app.exception
    assert app.dataframe[0].value[nl.STATE].tolist() == ["Te zien"]
    (stated,) = app.dataframe[0].value[nl.STATED_UNTIL]
    assert stated == showing.freshness("fresh", TODAY + timedelta(days=27), TODAY)
    assert app.dataframe[1].value["Wachttijd tot start"].tolist() == ["48 dagen"]
    assert app.dataframe[1].value["Oudste opgave"].tolist() == ["4 maart 2023"]
    assert "3 + 5 = 8 wachtenden." in said(app)
    assert "De oudste opgave is van 4 maart 2023." in said(app)


def test_an_offer_is_changed_with_the_version_that_was_seen(sign_in: SignIn, api: FakeSupply) -> None:
    app = _provider(sign_in)
    app.selectbox(key="welk-aanbod").select(1).run()
    app.text_input[0].set_value("Gezin plus")
    app = press(app, nl.SAVE)
    assert not app.exception
    assert api.bodies("PATCH", "offers/1") == [{"name": "Gezin plus"}]
    assert "“Gezin plus” is gewijzigd." in said(app)


def test_what_the_api_refuses_is_said_by_field(sign_in: SignIn, api: FakeSupply) -> None:
    fault = {"pointer": "/ageUntil", "detail": "De hoogste leeftijd ligt onder de laagste.", "code": "ages"}
    api.refusal = problem(400, "invalid-input", "De invoer klopt niet.", fault)
    app = _provider(sign_in)
    app.selectbox(key="welk-aanbod").select(0).run()
    app = press(app, nl.SAVE)
    assert "**Leeftijd tot en met**: De hoogste leeftijd ligt onder de laagste." in said(app)


def test_a_provider_without_offers_or_locations_knows_where_to_begin(sign_in: SignIn, api: FakeSupply) -> None:
    api.offers, api.locations, api.report = {}, [], a_report(lines=[], complete=False)
    app = _provider(sign_in)
    assert nl.NO_OFFERS_YET in said(app)
    assert nl.NO_QUARTER in said(app)
    app.selectbox(key="welk-aanbod").select(0).run()
    assert nl.NO_LOCATIONS in said(app)


def test_a_manager_sees_and_changes_contracts(sign_in: SignIn, api: FakeSupply) -> None:
    app = _manager(sign_in)
    assert not app.exception
    assert app.dataframe[0].value["Stand"].tolist() == ["Loopt", "Geëindigd"]
    app.selectbox(key="welk-contract").select(1).run()
    assert nl.NOTHING_CHANGED in said(press(app, nl.SAVE))
    app.number_input[0].set_value(14)
    app = press(app, nl.SAVE)
    assert api.bodies("PATCH", "contracts/1") == [{"updateTermDays": 14}]
    assert "Contract 2026-1 is gewijzigd." in said(app)


def test_anothers_contract_is_seen_but_not_changed(sign_in: SignIn, api: FakeSupply) -> None:
    national = {"careType": {"code": "pleegzorg", "name": "Pleegzorg"}, "area": {"code": "NL", "name": "Nederland"}}
    api.contracts = [a_contract(1, lines=[national])]
    app = _manager(sign_in)
    app.selectbox(key="welk-contract").select(1).run()
    assert nl.NOT_YOUR_CONTRACT in said(app)
    assert not any(each.label == nl.SAVE for each in app.button)


def test_no_contracts_says_what_to_do(sign_in: SignIn, api: FakeSupply) -> None:
    api.contracts = []
    assert nl.NO_CONTRACTS in said(_manager(sign_in))


def test_names_are_suggested_and_a_human_confirms(sign_in: SignIn, api: FakeSupply) -> None:
    app = _manager(sign_in, "zorgvormen")
    assert nl.NO_NAMES in said(app)
    app.text_area[0].set_value("Perceel 2\nPleegzorg")
    app = press(app, nl.ASK_NAMES)
    assert "“Pleegzorg” is Pleegzorg." in said(app)
    assert app.selectbox(key="naam-Perceel 2").options[0] == "Gezinshuis (75 % gelijk)"
    app.selectbox(key="naam-Perceel 2").select("gezinshuis").run()
    app = press(app, "Bevestigen (1)")
    assert api.bodies("POST", "regions/JZ28/products") == [{"items": [{"name": "Perceel 2", "careType": "gezinshuis"}]}]
    assert app.dataframe[0].value["Zorgvorm"].tolist() == ["Gezinshuis"]


def _table(sign_in: SignIn, role: str = "regional-contact") -> AppTest:
    who = ("JZ28", REGION["name"]) if role == "regional-contact" else ("GM0202", "Gemeente Arnhem")
    return sign_in(role, *who).switch_page("app_pages/beschermingstafel.py").run()


def test_past_the_norm_the_neighbours_are_shown(sign_in: SignIn, api: FakeSupply) -> None:
    near = {"region": {"code": "JZ01", "name": "Achterhoek"}, "nextFreeOn": day(2), "statedAt": f"{day(0)}T08:00:00Z"}
    api.table = a_table(nextFreeOn=day(20), pastNorm=True, neighbours=[{**near, "distanceKm": 31.4}])
    app = _table(sign_in, "local-team")
    assert nl.TABLE_PAST in said(app)
    assert app.dataframe[0].value["Jeugdregio"].tolist() == ["Achterhoek"]
    assert not any(each.label == nl.SAVE for each in app.button)


def test_the_contact_person_says_when_the_table_is_free(sign_in: SignIn, api: FakeSupply) -> None:
    app = _table(sign_in)
    app.date_input[0].set_value(TODAY + timedelta(days=9))
    app = press(app, nl.SAVE)
    assert api.bodies("PUT", "protection-tables/JZ28/statement") == [{"nextFreeOn": day(9)}]
    assert nl.TABLE_SAVED in said(app)


def test_the_table_is_said_anew_in_one_click_when_nothing_changed(sign_in: SignIn, api: FakeSupply) -> None:
    app = press(_table(sign_in), nl.TABLE_SAME)
    assert api.bodies("PUT", "protection-tables/JZ28/statement") == [{"nextFreeOn": day(3)}]
    assert nl.TABLE_SAVED in said(app)


def test_a_day_that_passed_cannot_be_said_anew(sign_in: SignIn, api: FakeSupply) -> None:
    api.table = a_table(nextFreeOn=day(-1), freshness="stale")
    assert not any(each.label == nl.TABLE_SAME for each in _table(sign_in).button)


def test_a_table_says_until_when_its_day_counts_and_what_it_said_before(sign_in: SignIn, api: FakeSupply) -> None:
    api.table = a_table(dueOn="2031-01-01")
    api.said = [{"nextFreeOn": "2030-12-24", "statedAt": "2030-12-01T08:00:00Z", "statedBy": "JZ28"}]
    app = _table(sign_in, "local-team")
    assert "Actueel tot en met 1 januari 2031" in said(app)
    assert app.dataframe[0].value.iloc[0].tolist() == ["zo 1 december 2030", "di 24 december 2030", REGION["name"]]


def test_a_table_that_never_spoke_is_unknown(sign_in: SignIn, api: FakeSupply) -> None:
    unknown = dict.fromkeys(("nextFreeOn", "statedAt", "freshness", "dueOn", "pastNorm", "etag"))
    api.table = a_table(**unknown)
    assert nl.TABLE_UNKNOWN in said(_table(sign_in))
    assert nl.TABLE_NONE_NEAR in said(_table(sign_in))


def _profile(code: str) -> AppTest:
    app = AppTest.from_file(str(APP), default_timeout=30).run()
    app.query_params["code"] = code
    return app.switch_page("app_pages/aanbieder.py").run()


def test_everybody_sees_a_providers_profile_without_signing_in(api: FakeSupply) -> None:
    app = _profile("98000001")
    assert not app.exception
    assert "De Wilgen" in said(app)
    assert "Het team komt naar u toe, tot 20 km." in said(app)
    assert "Ambulant gezin" in [each.value for each in app.subheader]


def test_a_profile_without_a_provider_or_offers_says_so(api: FakeSupply) -> None:
    assert nl.PROFILE_NONE in said(_profile("zomaar"))
    api.offers = {}
    assert nl.PROFILE_EMPTY in said(_profile("98000001"))


def test_the_quarters_are_the_last_five() -> None:
    assert quarters(TODAY.replace(year=2026, month=11, day=1)) == [
        "2026-Q4",
        "2026-Q3",
        "2026-Q2",
        "2026-Q1",
        "2025-Q4",
    ]


def test_what_the_fake_answers_and_the_screens_send_fits_the_openapi(api: FakeSupply) -> None:
    client = dashboard.session.api()
    offer = {"name": "x", "careType": "gezinshuis", "locationId": 7, "setting": "home", "publishedFrom": day(0)}
    lines = [{"careType": "gezinshuis", "area": "JZ28"}]
    contract = {"provider": "98000001", "number": "1", "scope": "local", "validFrom": day(0), "lines": lines}
    supply.locations_of(client, TOKEN, "98000001")
    supply.add_location(client, TOKEN, "Ede", "6711")
    supply.add_offer(client, TOKEN, offer)
    supply.change_offer(client, TOKEN, 1, '"1"', {"name": "y"})
    supply.contracts(client, TOKEN, {})
    supply.add_contract(client, TOKEN, contract)
    supply.change_contract(client, TOKEN, 1, '"1"', {"updateTermDays": 9})
    supply.history(client, TOKEN, 1)
    supply.preview_contracts(client, TOKEN, b"x", {})
    supply.save_contracts(client, TOKEN, b"x", {}, '"9"')
    supply.name_products(client, TOKEN, "JZ28", {"Perceel": "gezinshuis"})
    supply.products(client, TOKEN, "JZ28")
    supply.suggestions(client, TOKEN, "JZ28", ["Perceel", "Pleegzorg"])
    supply.providers(client, TOKEN, "wilgen")
    supply.add_provider(client, TOKEN, {"agbCode": "98000002", "name": "De Zwaluw"})
    supply.change_provider(client, TOKEN, "98000001", supply.provider(client, TOKEN, "98000001").etag, {"phone": "123"})
    supply.table_history(client, TOKEN, "JZ28")
    supply.protection_table(client, TOKEN, "JZ28")
    supply.state_table(client, TOKEN, "JZ28", day(1), '"4"')
    supply.quarterly_report(client, TOKEN, None)
    work = Casework(client, TOKEN)
    work.keep_network("JZ28", [each.agb_code for each in work.network_members("JZ28")])
    wrong = []
    for (method, path, body), answer in zip(api.asked, api.answered, strict=True):
        described = operation(method, path)
        schema = described["responses"][str(answer.status_code)]["content"]["application/json"]["schema"]
        wrong += [f"{method} {path} {fault}" for fault in faults(schema, answer.json())]
        if body is not None:
            sent = described["requestBody"]["content"]["application/json"]["schema"]
            wrong += [f"{method} {path} {fault}" for fault in faults(sent, body)]
    assert wrong == []
    assert len({(method, path) for method, path, _ in api.asked}) == len(SUPPLY_ROUTES)


def test_who_is_in_the_network_is_kept_by_the_contract_manager(sign_in: SignIn, api: FakeSupply) -> None:
    app = _manager(sign_in)
    members = next(each for each in app.multiselect if each.label == arrangements.MEMBERS)
    assert members.options == [PROVIDER["name"]]
    members.set_value([])
    app = press(app, arrangements.KEEP_NETWORK)
    assert api.bodies("PUT", "regions/JZ28/network") == [{"members": []}]
    assert arrangements.NO_MEMBERS in said(app)


def test_a_code_that_nobody_knows_is_said_at_the_network(sign_in: SignIn, api: FakeSupply) -> None:
    app = _manager(sign_in)
    fault = {"pointer": "/members/0", "detail": "Deze aanbieder kennen wij niet.", "code": "unknown"}
    api.refusal = problem(400, "invalid", "De invoer klopt niet.", fault)
    assert "Deze aanbieder kennen wij niet." in said(press(app, arrangements.KEEP_NETWORK))
