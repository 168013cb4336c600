"""Which offers a file means: forty names in one click, and every one of them by a human."""

import streamlit as st
from streamlit.testing.v1 import AppTest

from dashboard.texts import files
from tests.dashboard.conftest import press, said
from tests.dashboard.fake_api import an_offer
from tests.dashboard.sheets.fake_upload import (
    UploadApi,
    a_fault,
    a_preview,
    a_row,
    likely,
    question,
    save_button,
    send,
    strange,
)


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


def test_names_that_are_asked_are_not_said_again_as_faults(app: AppTest, api: UploadApi) -> None:
    api.without_choices = a_preview(strange(2), strange(3), a_row(5, "faulty", faults=[a_fault()]))
    api.with_choices = a_preview(a_row(2), strange(3), a_row(5, "faulty", faults=[a_fault()]))
    app = send(app)
    assert app.dataframe[0].value[files.ROW].tolist() == [5]
    assert files.FIRST_NAMES in said(app)
    question(app, 2).select("Pleegzorg (Ede)")
    app = press(app, files.CONFIRM_NAMES)
    assert files.NAMES_LEFT.format(rows="3") in said(app)


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


def test_who_has_hundreds_of_offers_chooses_among_the_likely_ones(app: AppTest, api: UploadApi) -> None:
    api.offers = {at: an_offer(at, f"Gezinshuis {at}") for at in range(1, 200)}
    st.cache_data.clear()
    api.without_choices = a_preview(strange(2, likely(7, "Gezinshuis 7", 70)), strange(3))
    app = send(app)
    assert question(app, 2).options == ["Gezinshuis 7 (Ede)"]
    assert app.dataframe[0].value[files.ROW].tolist() == [3]
