"""What the columns of a file hold: asked once, shown always, and never what somebody did not mean."""

from streamlit.testing.v1 import AppTest

from dashboard.texts import files
from tests.dashboard.conftest import press, said
from tests.dashboard.fake_api import problem
from tests.dashboard.sheets.fake_upload import UploadApi, a_preview, a_row, column, save_button, send


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


def test_once_a_file_can_be_read_its_other_columns_are_asked_too(app: AppTest, api: UploadApi) -> None:
    strange = {"pointer": "/choices/columns/Kamers", "detail": "Zeg wat er in de kolom Kamers staat."}
    api.refused = problem(400, "unreadable-file", "Wij vinden de kolommen niet.", strange)
    alike = {"header": "Berschikbaar", "field": "openPlaces", "name": "Vrij", "how": "alike"}
    given = {"header": "Kamers", "field": "totalPlaces", "name": "Totaal", "how": "given"}
    api.with_choices = {**a_preview(a_row(2)), "columns": [given, alike]}
    app = send(app)
    assert strange["detail"] not in said(app)
    app = column(app, "Kamers").select("Totaal").run()
    assert column(app, "Berschikbaar").value == "openPlaces"


def test_what_was_remembered_is_said_and_can_be_forgotten(app: AppTest, api: UploadApi) -> None:
    known = {"header": "Kamers", "field": "totalPlaces", "name": "Totaal", "how": "remembered"}
    api.without_choices = {**a_preview(a_row(2)), "columns": [known]}
    app = send(app)
    assert files.REMEMBERED.format(said="Kamers = Totaal") in said(app)
    press(app, files.FORGET)
    assert ("DELETE", "capacity-imports/memory") in [asked[:2] for asked in api.asked]
