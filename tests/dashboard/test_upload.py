"""A planner with a spreadsheet: what it would change, what to correct, and saving it."""

import re
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element

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
    offer = {"offerId": 1, "offer": "Ambulant gezin", "place": "Ede", "words": "Ambulant gezin, Ede", "how": "number"}
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
    return {
        "saved": False,
        "counts": counts,
        "sheet": "Plekken",
        "leftOutSheets": [],
        "columns": columns,
        "rows": list(rows),
        "etag": '"7"',
    }


class UploadApi(FakeApi):
    """The fake API with imports: answers what a test says a file would do."""

    without_choices: JSON = a_preview(a_row(2), a_row(3, "unchanged"))
    with_choices: JSON | None = None
    refused: httpx2.Response | None = None
    refuses_to_save: httpx2.Response | None = None

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
        if saving and self.refuses_to_save is not None:
            return self.refuses_to_save
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


def question(app: AppTest, row: int, name: str | None = None) -> Any:
    asked = files.WHICH_OFFER.format(row=row, name=name or "")
    return next(each for each in app.selectbox if each.label.startswith(asked.rstrip("?")))


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


def test_what_a_colleague_changed_after_it_was_shown_is_not_overwritten(app: AppTest, api: UploadApi) -> None:
    app = send(app)
    api.without_choices = {**api.without_choices, "etag": '"8"'}
    st.cache_data.clear()  # as after a minute
    save_button(app).click().run()
    assert api.saved[0].headers["If-Match"] == '"7"'


def test_what_was_refused_is_said_and_the_file_is_looked_at_anew(app: AppTest, api: UploadApi) -> None:
    app = send(app)
    api.refuses_to_save = problem(412, "changed-meanwhile", "Iemand anders gaf ondertussen iets op.")
    app = save_button(app).click().run()
    assert "Iemand anders gaf ondertussen iets op." in said(app)
    assert len([path for _, path, _ in api.asked if path == "capacity-imports"]) == 3  # shown, saved, and shown anew
    assert not save_button(app).disabled


def test_a_double_click_saves_once_and_says_so(api: UploadApi, app: AppTest) -> None:
    def clicked_twice() -> None:
        from dashboard import answers, upload  # noqa: PLC0415 - what runs as a page stands on its own
        from tests.dashboard.test_upload import a_preview, a_row  # noqa: PLC0415

        preview = answers.CapacityImport.model_validate(a_preview(a_row(2)))
        upload._save("token", b"een bestand", {}, preview)
        upload._save("token", b"een bestand", {}, preview)
        upload.show(None)  # type: ignore[arg-type]  # of nobody: it only tells

    shown = AppTest.from_function(clicked_twice).run()
    assert not shown.exception
    assert len(api.saved) == 1
    assert "1 opgave opgeslagen en 0 bevestigd als niet veranderd." in said(shown)


def test_a_file_without_questions_is_sent_once_to_be_looked_at(app: AppTest, api: UploadApi) -> None:
    send(app)
    assert len([path for _, path, _ in api.asked if path == "capacity-imports"]) == 1


def test_a_file_may_take_longer_than_a_page(app: AppTest, api: UploadApi) -> None:
    save_button(send(app)).click().run()
    assert api.saved[0].extensions["timeout"]["read"] == 60.0


def test_sheets_with_which_nothing_is_done_are_named(app: AppTest, api: UploadApi) -> None:
    others = [{"name": "Ede", "isTable": True}, {"name": "Notities", "isTable": False}]
    api.without_choices = {**a_preview(a_row(2)), "sheet": "Arnhem", "leftOutSheets": others}
    app = send(app)
    assert files.LEFT_OUT_TABLES.format(sheet="Arnhem", others="Ede") in said(app)
    assert files.LEFT_OUT_SHEETS.format(sheet="Arnhem", others="Notities") in said(app)


def test_the_template_is_there_as_csv_too(app: AppTest) -> None:
    labels: list[Any] = [each.label for each in app.get("download_button") if isinstance(each, Element)]
    assert labels == [files.TEMPLATE, files.TEMPLATE_CSV]


def test_a_fault_is_named_by_its_row_and_nothing_can_be_saved(app: AppTest, api: UploadApi) -> None:
    api.without_choices = a_preview(a_row(2), a_row(5, "faulty", faults=[a_fault()]))
    app = send(app)
    assert app.dataframe[0].value.to_numpy().tolist() == [[5, "Ambulant gezin", "Vrij", "Geef een heel getal."]]
    assert files.NOTHING_SAVED_YET in said(app)
    assert save_button(app).disabled


def test_a_name_that_is_only_alike_is_confirmed_by_a_human(app: AppTest, api: UploadApi) -> None:
    api.without_choices = a_preview(strange(2, likely(2, "Pleegzorg", 88)))
    api.with_choices = a_preview(a_row(2))
    app = send(app)
    assert save_button(app).disabled
    assert question(app, 2).options == ["Pleegzorg (Ede)", "Ambulant gezin (Ede)"]
    assert question(app, 2).value == 2
    app = press(app, files.CONFIRM_NAMES)
    save_button(app).click().run()
    assert b'"offers": [{"row": 2, "offerId": 2}]' in api.saved[0].content


def strange(row: int, *likely: JSON) -> JSON:
    """A row with a name that nobody knows."""
    fault = a_fault("offer-unconfirmed" if likely else "unknown-offer", "Welk aanbod is dit?")
    unknown = {"offerId": None, "offer": f"Groep {row}", "place": None, "words": f"Groep {row}", "how": None}
    return a_row(row, "faulty", **unknown, faults=[fault], proposals=list(likely))


def likely(offer: int, name: str, likeness: int, location: str = "Huis Zuid") -> JSON:
    return {"offerId": offer, "name": name, "location": location, "place": "Ede", "likeness": likeness}


def test_forty_names_are_looked_at_and_confirmed_in_one_click(app: AppTest, api: UploadApi) -> None:
    api.offers = {at: an_offer(at, f"Gezinshuis {at}") for at in range(2, 42)}
    st.cache_data.clear()
    api.without_choices = a_preview(*(strange(at, likely(at, f"Gezinshuis {at}", 91)) for at in range(2, 42)))
    api.with_choices = a_preview(*(a_row(at) for at in range(2, 42)))
    app = send(app)
    question(app, 41).select("Gezinshuis 2 (Ede)")
    app = press(app, files.CONFIRM_NAMES)
    save_button(app).click().run()
    (saved,) = api.saved
    assert saved.content.count(b'"offerId"') == 40
    assert b'{"row": 41, "offerId": 2}' in saved.content


def test_a_name_without_a_likely_offer_can_be_any_of_them(app: AppTest, api: UploadApi) -> None:
    api.without_choices, api.with_choices = a_preview(strange(2)), a_preview(a_row(2))
    app = send(app)
    assert question(app, 2).value is None
    assert question(app, 2).options == ["Ambulant gezin (Ede)", "Pleegzorg (Ede)"]
    question(app, 2).select("Ambulant gezin (Ede)")
    app = press(app, files.CONFIRM_NAMES)
    assert not save_button(app).disabled


def test_of_twins_a_human_chooses_and_can_tell_them_apart(app: AppTest, api: UploadApi) -> None:
    api.offers = {at: an_offer(at, "Pleegzorg") for at in (1, 2)}
    api.offers[2]["location"] = {**api.offers[2]["location"], "name": "Huis Noord"}
    st.cache_data.clear()
    twins = likely(1, "Pleegzorg", 100), likely(2, "Pleegzorg", 100, "Huis Noord")
    api.without_choices = a_preview(strange(2, *twins))
    app = send(app)
    assert question(app, 2).value is None
    assert len(set(question(app, 2).options)) == 2
    assert "Pleegzorg (Huis Noord, Ede)" in question(app, 2).options


def test_an_answer_is_to_one_file_and_not_to_the_next(app: AppTest, api: UploadApi) -> None:
    jump = a_fault("unlikely-jump", "Het totaal gaat van 12 naar 300. Klopt dat?")
    api.without_choices = a_preview(a_row(2, "faulty", faults=[jump]), strange(3))
    app = send(app)
    app = app.checkbox[0].check().run()
    question(app, 3).select("Pleegzorg (Ede)")
    app = press(app, files.CONFIRM_NAMES)
    assert question(app, 3).value == 2
    app.file_uploader[0].set_value(("ander.xlsx", b"een ander bestand", "application/octet-stream"))
    app = app.run()
    assert app.checkbox[0].value is False
    assert question(app, 3).value is None


def test_a_name_that_was_remembered_is_said_shown_and_can_be_another(app: AppTest, api: UploadApi) -> None:
    known = a_row(2, words="Groep Zon", offerId=1, how="remembered")
    api.without_choices = a_preview(known)
    app = send(app)
    assert files.REMEMBERED.format(said="Groep Zon = Ambulant gezin (Ede)") in said(app)
    assert app.dataframe[0].value[files.IN_FILE].tolist() == ["Groep Zon"]
    assert files.FORGET in [button.label for button in app.button]
    question(app, 2, "Groep Zon").select("Pleegzorg (Ede)")
    app = press(app, files.CONFIRM_NAMES)
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
    assert b'"columns"' not in api.saved[0].content


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
