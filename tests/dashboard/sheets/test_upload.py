"""A planner with a spreadsheet: what it would change, what to correct, and saving it."""

from typing import Any

import streamlit as st
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Element

from dashboard.texts import files
from tests.dashboard.conftest import press, said
from tests.dashboard.fake_api import problem
from tests.dashboard.sheets.fake_upload import (
    UploadApi,
    a_fault,
    a_preview,
    a_row,
    save_button,
    send,
)
from tests.dashboard.test_fake_api import OPENAPI
from tests.dashboard.test_fake_api import faults as faults_against


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
        from tests.dashboard.sheets.fake_upload import a_preview, a_row  # noqa: PLC0415

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


def test_an_unlikely_jump_is_saved_after_a_yes(app: AppTest, api: UploadApi) -> None:
    jump = a_fault("unlikely-jump", "Het totaal gaat van 12 naar 300. Klopt dat?")
    api.without_choices = a_preview(a_row(2, "faulty", faults=[jump]))
    api.with_choices = a_preview(a_row(2))
    app = send(app)
    assert "Klopt dat?" in str(app.dataframe[0].value)
    app = app.checkbox[0].check().run()
    save_button(app).click().run()
    assert b'"confirmed": true' in api.saved[0].content


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
