"""A manager with a list of contracts: what it asks, what it would do, and saving what was shown."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import httpx2
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import dashboard.session
from availability.contract_lists.columns import COLUMNS
from dashboard import contract_list
from dashboard.client import Client
from dashboard.supply_answers import ContractImport
from dashboard.texts import files
from dashboard.texts import supply as nl
from tests.dashboard.conftest import SignIn, press, said
from tests.dashboard.fake_api import JSON, PROVIDER, REGION, day, problem
from tests.dashboard.fake_supply import FakeSupply, a_preview, a_provider

FILE = ("contracten.xlsx", b"een lijst", "application/octet-stream")
WITH_CODE = nl.PROVIDER_AND_CODE.format(name=PROVIDER["name"], code=PROVIDER["agbCode"])
TWIN = {"agbCode": "98000099", "name": PROVIDER["name"]}


@dataclass
class FakeLists(FakeSupply):
    """The fake API with lists: answers what a test says a list would do."""

    with_choices: JSON | None = None
    refused: httpx2.Response | None = None
    unread: httpx2.Response | None = None
    """What a list is answered with as long as nobody says what its columns hold."""

    sent: list[tuple[JSON, str | None, bool]] = field(default_factory=list)
    """Choices, If-Match, and whether it was only looked at."""
    forgotten: int = 0

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path.removeprefix("/v1/")
        if path == "contract-imports/memory":
            self.forgotten += 1
            return httpx2.Response(204)
        if path != "contract-imports":
            return super()._answer(request)
        choices = json.loads(re.search(rb'name="choices"\r\n.*?\r\n(.*?)\r\n--', request.content, re.DOTALL)[1])  # type: ignore[index]
        is_shown = "dryRun" in request.url.params
        self.sent.append((choices, request.headers.get("If-Match"), is_shown))
        if self.unread and not choices.get("columns"):
            return self.unread
        if not is_shown and self.refused:
            return self.refused
        preview = (self.with_choices if choices else None) or self.preview
        return httpx2.Response(200, json={**preview, "saved": not is_shown})

    @property
    def saves(self) -> list[tuple[JSON, str | None]]:
        return [(choices, seen) for choices, seen, is_shown in self.sent if not is_shown]


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeLists]:
    fake = FakeLists()
    http = httpx2.Client(base_url="http://api.test/v1/", transport=fake.transport())
    monkeypatch.setattr(dashboard.session, "connect", lambda _: Client(http))
    st.cache_data.clear()
    st.cache_resource.clear()
    yield fake
    http.close()


def _opened(sign_in: SignIn) -> AppTest:
    return sign_in("contract-manager", "JZ28", REGION["name"]).switch_page("app_pages/contracten.py").run()


def _sent(sign_in: SignIn, file: tuple[str, bytes, str] = FILE) -> AppTest:
    return _opened(sign_in).file_uploader[0].upload(*file).run()


def _nobody(**other: Any) -> JSON:
    """A preview with a name that is like one provider's."""
    proposal = {"provider": PROVIDER, "likeness": 91}
    name = {"name": "De Wilge", "rows": [2, 3], "provider": None, "how": None, "proposals": [proposal]}
    return a_preview(
        counts={"new": 0, "changed": 0, "unchanged": 0, "faulty": 1},
        contracts=[],
        faultyRows=[_faulty("provider-unconfirmed", "Bedoelt u De Wilgen?")],
        namedProviders=[name | other],
    )


def _faulty(code: str, detail: str, row: int = 2) -> JSON:
    fault = {"field": "providerName", "column": "Aanbieder", "detail": detail, "code": code}
    return {"row": row, "number": "2027-1", "product": "x", "faults": [fault]}


def _known() -> JSON:
    """The same, once a human said whom the name means."""
    name = {"name": "De Wilge", "rows": [2, 3], "provider": PROVIDER, "how": "given", "proposals": []}
    return a_preview(namedProviders=[name])


class TestShowing:
    def test_every_term_and_every_line_that_changes_is_named(self) -> None:
        shown = ContractImport.model_validate(a_preview()).contracts
        assert contract_list.changes(shown).iloc[:, 2:].to_numpy().tolist() == [
            ["Einddatum", "–", _dutch(day(300))],
            [nl.LINE_GOES, "Gezinshuis in Centraal Gelderland", "–"],
            [nl.LINE_COMES, "–", "Pleegzorg in Centraal Gelderland"],
        ]

    def test_of_a_new_contract_all_that_is_agreed_is_shown(self) -> None:
        (row,) = contract_list.begun(ContractImport.model_validate(a_preview()).contracts).to_dict("records")
        assert row == {
            "Contract": "2026-9",
            "Aanbieder": PROVIDER["name"],
            "Ingangsdatum": _dutch(day(30)),
            "Zorgvormen en gebieden": "Gezinshuis in Centraal Gelderland, Pleegzorg in Centraal Gelderland",
        }

    def test_care_that_goes_is_said_aloud_and_headings_are_named(self, sign_in: SignIn, api: FakeLists) -> None:
        api.preview = a_preview(skippedRows=[2, 9])
        app = _sent(sign_in)
        assert nl.LINE_LOST in said(app)
        assert nl.LIST_SKIPPED.format(rows="2, 9") in said(app)

    def test_a_sheet_that_is_not_read_is_named(self, sign_in: SignIn, api: FakeLists) -> None:
        others = [{"name": "Perceel 2", "isTable": True}, {"name": "Draaitabel", "isTable": False}]
        api.preview = a_preview(sheet="Perceel 1", leftOutSheets=others)
        app = _sent(sign_in)
        assert files.LEFT_OUT_TABLES.format(sheet="Perceel 1", others="Perceel 2") in said(app)
        assert files.LEFT_OUT_SHEETS.format(sheet="Perceel 1", others="Draaitabel") in said(app)

    def test_faults_are_shown_though_no_product_can_be_asked(self, sign_in: SignIn, api: FakeLists) -> None:
        api.preview = a_preview(faultyRows=[_faulty("unknown-product", "Wij weten het niet.")], unknownProducts=["P 3"])
        api.refusal = problem(400, "invalid", "De invoer klopt niet.")
        app = _sent(sign_in)
        assert not app.exception
        assert nl.LIST_TO_CHECK.format(rows="1 rij") in said(app)
        assert "Wij weten het niet." in str([frame.value.to_numpy().tolist() for frame in app.dataframe])


def _dutch(iso: str) -> str:
    year, month, day_ = iso.split("-")
    return f"{day_}-{month}-{year}"


class TestSaving:
    def test_what_was_shown_is_saved_though_it_changed_meanwhile(self, sign_in: SignIn, api: FakeLists) -> None:
        app = _sent(sign_in)
        api.preview = a_preview(etag='"10"')
        api.refused = problem(412, "precondition-failed", "Iemand anders was u voor.")
        app = press(app, nl.LIST_SAVE)
        assert api.saves == [({}, '"9"')]
        assert nl.LIST_MEANWHILE in said(app)
        api.refused = None
        app = press(app, nl.LIST_SAVE)
        assert api.saves[1:] == [({}, '"10"')]
        assert nl.LIST_SAVED.format(new=1, changed=1) in said(app)

    def test_a_double_click_saves_once(self, sign_in: SignIn, api: FakeLists) -> None:
        app = _sent(sign_in)
        button = next(each for each in app.button if each.label == nl.LIST_SAVE)
        button.click().run()
        again = button.click().run()
        assert len(api.saves) == 1
        assert not again.exception

    def test_a_refusal_is_said_and_the_list_stays(self, sign_in: SignIn, api: FakeLists) -> None:
        app = _sent(sign_in)
        fault = {"pointer": "/rows/3/careType", "detail": "Rij 3, Zorgvorm: onbekend.", "code": "unknown"}
        api.refused = problem(400, "invalid", "De invoer klopt niet.", fault)
        app = press(app, nl.LIST_SAVE)
        assert "Rij 3, Zorgvorm: onbekend." in said(app)
        assert any(each.label == nl.LIST_SAVE for each in app.button)

    def test_an_expired_sign_in_asks_to_sign_in(self, sign_in: SignIn, api: FakeLists) -> None:
        app = _sent(sign_in)
        api.refused = problem(401, "unauthenticated", "Meld u opnieuw aan.")
        assert "Meld u opnieuw aan." in said(press(app, nl.LIST_SAVE))


class TestAsking:
    def test_a_list_of_strange_headers_is_mapped_on_the_screen(self, sign_in: SignIn, api: FakeLists) -> None:
        faults = [
            {"pointer": f"/choices/columns/{header}", "detail": "Zeg wat er staat.", "code": "unknown-column"}
            for header in ("Kenmerk", "Klaar op")
        ]
        api.unread = problem(400, "unreadable-file", "Wij vinden de kolommen niet.", *faults)
        app = _sent(sign_in)
        for header, code in (("Kenmerk", "number"), ("Klaar op", "validUntil")):
            question = files.WHICH_COLUMN.format(header=header)
            app = next(each for each in app.selectbox if each.label == question).select(code).run()
        press(app, nl.LIST_SAVE)
        assert api.saves == [({"columns": {"Kenmerk": "number", "Klaar op": "validUntil"}}, '"9"')]

    def test_a_column_that_is_not_used_is_named_and_can_be(self, sign_in: SignIn, api: FakeLists) -> None:
        api.preview = a_preview(columns=[{"header": "Klaar op", "field": None, "name": None, "how": "ignored"}])
        app = _sent(sign_in)
        assert files.NOT_USED.format(columns="Klaar op") in said(app)
        question = files.WHICH_COLUMN.format(header="Klaar op")
        app = next(each for each in app.selectbox if each.label == question).select("validUntil").run()
        press(app, nl.LIST_SAVE)
        assert api.saves == [({"columns": {"Klaar op": "validUntil"}}, '"9"')]

    def test_a_likely_provider_stands_there_and_holds_once_confirmed(self, sign_in: SignIn, api: FakeLists) -> None:
        api.preview, api.with_choices = _nobody(), _known()
        app = _sent(sign_in)
        question = app.selectbox(key="lijst-aanbieder-De Wilge")
        assert (question.label, question.value) == ("“De Wilge” (rij 2, 3) is …", PROVIDER["agbCode"])
        assert all(not choices for choices, _, _ in api.sent)
        app = press(app, nl.CONFIRM_NAMES)
        assert nl.MEANS.format(name="De Wilge", meant=WITH_CODE) in said(app)
        press(app, nl.LIST_SAVE)
        assert api.saves == [({"providers": {"De Wilge": PROVIDER["agbCode"]}}, '"9"')]

    def test_an_answer_holds_for_the_corrected_list_and_can_be_taken_back(
        self, sign_in: SignIn, api: FakeLists
    ) -> None:
        api.preview, api.with_choices = _nobody(), _known()
        app = press(_sent(sign_in), nl.CONFIRM_NAMES)
        app = app.file_uploader[0].upload("contracten.xlsx", b"verbeterd", FILE[2]).run()
        assert api.sent[-1][0] == {"providers": {"De Wilge": PROVIDER["agbCode"]}}
        app = press(app, nl.SAY_ANEW)
        assert any(each.label.startswith("“De Wilge”") for each in app.selectbox)
        assert next(each for each in app.button if each.label == nl.LIST_SAVE).disabled

    def test_of_twins_a_human_chooses_by_their_codes(self, sign_in: SignIn, api: FakeLists) -> None:
        proposals = [{"provider": each, "likeness": 100} for each in (PROVIDER, TWIN)]
        api.preview = _nobody(proposals=proposals)
        question = _sent(sign_in).selectbox(key="lijst-aanbieder-De Wilge")
        assert question.value is None
        assert len(set(question.options)) == 2

    def test_a_provider_that_is_not_proposed_can_be_sought(self, sign_in: SignIn, api: FakeLists) -> None:
        api.preview, api.providers = _nobody(proposals=[]), [a_provider(TWIN["agbCode"])]
        app = _sent(sign_in)
        assert app.selectbox(key="lijst-aanbieder-De Wilge").options == []
        app = app.text_input(key="lijst-aanbieder-zoek").set_value("98000099").run()
        app.selectbox(key="lijst-aanbieder-De Wilge").select(TWIN["agbCode"])
        press(app, nl.CONFIRM_NAMES)
        assert api.sent[-1][0] == {"providers": {"De Wilge": TWIN["agbCode"]}}

    def test_what_was_remembered_is_shown_and_can_be_forgotten(self, sign_in: SignIn, api: FakeLists) -> None:
        name = {"name": "De Wilge", "rows": [2], "provider": PROVIDER, "how": "remembered", "proposals": []}
        api.preview = a_preview(namedProviders=[name])
        app = _sent(sign_in)
        assert nl.MEANS.format(name="De Wilge", meant=PROVIDER["name"]) in said(app)
        press(app, files.FORGET)
        assert api.forgotten == 1

    def test_the_regions_own_name_is_confirmed_and_the_list_looked_at_anew(
        self, sign_in: SignIn, api: FakeLists
    ) -> None:
        api.preview = a_preview(unknownProducts=["Perceel 2"])
        app = _sent(sign_in)
        looked = len(api.sent)
        app.selectbox(key="naam-Perceel 2").select("gezinshuis")
        next(each for each in app.button if each.label == nl.CONFIRM_NAMES).click().run()
        assert api.bodies("POST", "regions/JZ28/products") == [
            {"items": [{"name": "Perceel 2", "careType": "gezinshuis"}]}
        ]
        assert len(api.sent) > looked


def test_the_template_comes_for_excel_and_as_csv(sign_in: SignIn, api: FakeLists) -> None:
    labels = [each.proto.label for each in _opened(sign_in).get("download_button")]
    assert {nl.LIST_TEMPLATE, nl.LIST_TEMPLATE_CSV} <= set(labels)


def test_the_screen_names_every_column_as_the_template_does() -> None:
    assert {column.code: column.header for column in COLUMNS} == nl.LIST_FIELDS
