"""A planner with a spreadsheet: what it would change, what to correct, and saving it."""

import re
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

import dashboard.session
from dashboard.client import Client
from dashboard.texts import files
from tests.dashboard.conftest import SignIn, press, said
from tests.dashboard.fake_api import FakeApi, an_offer, problem
from tests.dashboard.test_fake_api import OPENAPI
from tests.dashboard.test_fake_api import faults as faults_against

JSON = dict[str, Any]
FILE = ("plekken.xlsx", b"een bestand", "application/octet-stream")


def a_row(row: int = 2, outcome: str = "changed", **other: Any) -> JSON:
    change = {"field": "openPlaces", "column": "Vrij", "was": 2, "becomes": 1}
    offer = {"offerId": 1, "offer": "Ambulant gezin", "place": "Ede"}
    shape = {"changes": [change] if outcome == "changed" else [], "faults": [], "proposals": []}
    return {"row": row, "outcome": outcome, **offer, **shape, **other}


def a_fault(code: str = "unreadable", detail: str = "Geef een heel getal.") -> JSON:
    return {"field": "openPlaces", "column": "Vrij", "detail": detail, "code": code}


def a_preview(*rows: JSON) -> JSON:
    kinds = ("changed", "first", "unchanged", "empty", "faulty")
    counts = {kind: sum(row["outcome"] == kind for row in rows) for kind in kinds}
    columns = [
        {"header": "Aanbod-id", "field": "offerId", "name": "Aanbod-id", "how": "name"},
        {"header": "Kleur", "field": None, "name": None, "how": "ignored"},
    ]
    return {"saved": False, "counts": counts, "columns": columns, "rows": list(rows), "etag": '"7"'}


class UploadApi(FakeApi):
    """The fake API with imports: answers what a test says a file would do."""

    without_choices: JSON = a_preview(a_row(2), a_row(3, "unchanged"))
    with_choices: JSON | None = None
    refused: httpx2.Response | None = None

    def handle(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path.removeprefix("/v1/")
        if not path.startswith("capacity-imports"):
            return super().handle(request)
        self.asked.append((request.method, path, request))
        if request.method == "DELETE":
            return httpx2.Response(204)
        chosen = re.search(rb'"offerId": \d+|"confirmed": true|"(Kleur|Kamers)": ("|null)', request.content)
        answer = (self.with_choices if chosen else None) or self.without_choices
        if self.refused is not None and answer is not self.with_choices:
            return self.refused
        saving = "dryRun" not in request.url.params
        return httpx2.Response(200, json={**answer, "saved": saving})

    @property
    def saved(self) -> list[httpx2.Request]:
        sent = [request for _, path, request in self.asked if path == "capacity-imports"]
        return [request for request in sent if "dryRun" not in request.url.params]


@pytest.fixture
def api(monkeypatch: pytest.MonkeyPatch) -> Iterator[UploadApi]:
    fake = UploadApi()
    fake.offers = {1: an_offer(1, "Ambulant gezin"), 2: an_offer(2, "Pleegzorg")}
    http = httpx2.Client(base_url="http://api.test/v1/", transport=fake.transport())
    monkeypatch.setattr(dashboard.session, "connect", lambda _: Client(http))
    st.cache_data.clear()
    st.cache_resource.clear()
    yield fake
    http.close()


@pytest.fixture
def app(sign_in: SignIn) -> AppTest:
    return press(sign_in("provider", "98000001", "De Wilgen"), files.FILE)


def send(app: AppTest) -> AppTest:
    app.file_uploader[0].set_value(FILE)
    app = app.run()
    assert not app.exception
    return app


def column(app: AppTest, header: str) -> Any:
    return next(each for each in app.selectbox if each.label == files.WHICH_COLUMN.format(header=header))


def save_button(app: AppTest) -> Any:
    return next(each for each in app.button if each.key == "bestand-opslaan")


def test_what_the_tests_pretend_is_what_the_service_answers(api: UploadApi) -> None:
    schema = OPENAPI["components"]["schemas"]["CapacityImport"]
    for preview in (api.without_choices, a_preview(a_row(4, "faulty", faults=[a_fault()]))):
        assert list(faults_against(schema, preview)) == []


def test_the_file_is_looked_at_before_it_is_saved(app: AppTest, api: UploadApi) -> None:
    app = send(app)
    assert files.summary(1, 1, 0, 0) in said(app)
    assert app.dataframe[0].value.to_numpy().tolist() == [[2, "Ambulant gezin", "Ede", "Vrij", "2", "1"]]
    assert "Deze kolommen gebruiken wij niet: Kleur." in said(app)
    assert not api.saved


def test_one_button_saves_what_was_previewed(app: AppTest, api: UploadApi) -> None:
    app = send(app)
    assert save_button(app).label == "Opslaan (2)"
    app = save_button(app).click().run()
    (saved,) = api.saved
    assert saved.headers["If-Match"] == '"7"'
    assert b"een bestand" in saved.content
    assert "1 opgave opgeslagen en 1 bevestigd als niet veranderd." in said(app)
    assert not app.file_uploader


def test_a_fault_is_named_by_its_row_and_nothing_can_be_saved(app: AppTest, api: UploadApi) -> None:
    api.without_choices = a_preview(a_row(2), a_row(5, "faulty", faults=[a_fault()]))
    app = send(app)
    assert app.dataframe[0].value.to_numpy().tolist() == [[5, "Ambulant gezin", "Vrij", "Geef een heel getal."]]
    assert files.NOTHING_SAVED_YET in said(app)
    assert save_button(app).disabled


def test_a_name_that_is_only_alike_is_confirmed_by_a_human(app: AppTest, api: UploadApi) -> None:
    proposal = {"offerId": 2, "name": "Pleegzorg", "place": "Ede", "likeness": 88}
    question = a_fault("offer-unconfirmed", "Bedoelt u Pleegzorg in Ede?")
    api.without_choices = a_preview(a_row(2, "faulty", offer="Pleegzorgg", faults=[question], proposals=[proposal]))
    api.with_choices = a_preview(a_row(2))
    app = send(app)
    assert save_button(app).disabled
    app = app.selectbox(key="bestand-rij-2").select("Pleegzorg (Ede)").run()
    save_button(app).click().run()
    assert b'"offers": [{"row": 2, "offerId": 2}]' in api.saved[0].content


def test_an_unlikely_jump_is_saved_after_a_yes(app: AppTest, api: UploadApi) -> None:
    jump = a_fault("unlikely-jump", "Het totaal gaat van 12 naar 300. Klopt dat?")
    api.without_choices = a_preview(a_row(2, "faulty", faults=[jump]))
    api.with_choices = a_preview(a_row(2))
    app = send(app)
    assert "Klopt dat?" in str(app.dataframe[0].value)
    app = app.checkbox[0].check().run()
    save_button(app).click().run()
    assert b'"confirmed": true' in api.saved[0].content


def test_a_column_that_is_named_differently_is_named_by_the_planner(app: AppTest, api: UploadApi) -> None:
    api.with_choices = a_preview(a_row(2))
    app = send(app)
    assert files.STRANGE_COLUMNS.format(columns="Kleur") in [each.label for each in app.expander]
    app = column(app, "Kleur").select("Totaal").run()
    save_button(app).click().run()
    assert b'"columns": {"Kleur": "totalPlaces"}' in api.saved[0].content


def test_a_column_can_be_left_out(app: AppTest, api: UploadApi) -> None:
    app = column(send(app), "Kleur").select(files.LEFT_OUT).run()
    save_button(app).click().run()
    assert b'"columns": {"Kleur": null}' in api.saved[0].content


def test_two_columns_of_one_name_are_one_question(app: AppTest, api: UploadApi) -> None:
    week = {"header": "Week", "field": None, "name": None, "how": "ignored"}
    api.without_choices = {**a_preview(a_row(2)), "columns": [week, week]}
    app = send(app)
    assert [each.label for each in app.selectbox].count(files.WHICH_COLUMN.format(header="Week")) == 1


def test_a_column_that_is_only_alike_is_shown_and_remembered_when_it_is_saved(app: AppTest, api: UploadApi) -> None:
    alike = {"header": "Stand", "field": "place", "name": "Plaats", "how": "alike"}
    api.without_choices = {**a_preview(a_row(2)), "columns": [alike]}
    app = send(app)
    assert column(app, "Stand").value == "place"
    save_button(app).click().run()
    assert b'"columns": {"Stand": "place"}' in api.saved[0].content


def test_a_column_that_was_taken_for_another_is_corrected(app: AppTest, api: UploadApi) -> None:
    ours = {"header": "Versie", "field": "etag", "name": "Versie", "how": "name"}
    api.without_choices = {**a_preview(a_row(2)), "columns": [ours]}
    app = column(send(app), "Versie").select(files.LEFT_OUT).run()
    save_button(app).click().run()
    assert b'"columns": {"Versie": null}' in api.saved[0].content


def test_what_is_sure_is_not_remembered_as_an_answer(app: AppTest, api: UploadApi) -> None:
    save_button(send(app)).click().run()
    assert b'"columns": {}' in api.saved[0].content


def test_a_file_in_other_words_can_be_named_column_by_column(app: AppTest, api: UploadApi) -> None:
    strange = {"pointer": "/choices/columns/Kamers", "detail": "Zeg wat er in de kolom Kamers staat."}
    api.refused = problem(400, "unreadable-file", "Wij vinden de kolommen niet.", strange)
    api.with_choices = a_preview(a_row(2))
    app = send(app)
    assert "Wij vinden de kolommen niet." in said(app)
    app = column(app, "Kamers").select("Totaal").run()
    assert not save_button(app).disabled


def test_what_was_remembered_is_said_and_can_be_forgotten(app: AppTest, api: UploadApi) -> None:
    known = {"header": "Kamers", "field": "totalPlaces", "name": "Totaal", "how": "remembered"}
    api.without_choices = {**a_preview(a_row(2)), "columns": [known]}
    app = send(app)
    assert files.REMEMBERED.format(said="Kamers = Totaal") in said(app)
    press(app, files.FORGET)
    assert ("DELETE", "capacity-imports/memory") in [asked[:2] for asked in api.asked]


def test_a_file_that_is_no_table_is_one_calm_sentence(app: AppTest, api: UploadApi) -> None:
    api.refused = problem(400, "unreadable-file", "Dit is geen spreadsheet.")
    app = send(app)
    assert "Dit is geen spreadsheet." in said(app)
    assert files.CLOSE in [button.label for button in app.button]


def test_it_can_be_closed_without_saving(app: AppTest, api: UploadApi) -> None:
    app = press(send(app), files.CLOSE)
    assert not app.file_uploader
    assert not api.saved


def test_no_file_is_read_over_what_is_typed(app: AppTest) -> None:
    app = press(app, files.CLOSE)
    app.session_state["plekken-0"] = {"edited_rows": {0: {"open_places": 1}}, "added_rows": [], "deleted_rows": []}
    app = app.run()
    assert next(each for each in app.button if each.key == "bestand").disabled
