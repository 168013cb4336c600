"""Two people change the same: nothing is overwritten unseen, and nothing that was typed is lost."""

from datetime import timedelta

from streamlit.testing.v1 import AppTest

from dashboard.texts import supply as nl
from tests.dashboard.conftest import press, said
from tests.dashboard.fake_api import TODAY, day
from tests.dashboard.fake_supply import FakeSupply, a_contract
from tests.dashboard.keeping.conftest import Opened


def _number(app: AppTest, label: str) -> float | None:
    return next(each.value for each in app.number_input if each.label == label)


def _type(app: AppTest, label: str, number: int) -> None:
    next(each for each in app.number_input if each.label == label).set_value(number)


def _day(app: AppTest, label: str) -> object:
    return next(each.value for each in app.date_input if each.label == label)


TERM, LAST_DAY = nl.CONTRACT_FIELDS["updateTermDays"], nl.CONTRACT_FIELDS["validUntil"]


def test_a_contract_that_a_colleague_changed_is_looked_at_again(contracts: Opened, api: FakeSupply) -> None:
    app = contracts()
    app.selectbox(key="welk-contract").select(1).run()
    _type(app, TERM, 14)
    api.contracts[0] = a_contract(1, validUntil=day(300), etag='"2"')
    app = press(app, nl.SAVE)
    (warning,) = app.warning
    assert nl.OVERTAKEN in warning.value
    assert f"**{LAST_DAY}**: nu " in warning.value
    assert TERM not in warning.value
    assert not app.success
    assert (_number(app, TERM), _day(app, LAST_DAY)) == (14, TODAY + timedelta(days=300))

    app = press(app, nl.SAVE)
    assert api.bodies("PATCH", "contracts/1")[-1] == {"updateTermDays": 14}
    assert (api.contracts[0]["updateTermDays"], api.contracts[0]["validUntil"]) == (14, day(300))
    assert not app.warning
    assert "Contract 2026-1 is gewijzigd." in said(app)


def test_what_both_changed_is_named_with_what_the_other_made_of_it(contracts: Opened, api: FakeSupply) -> None:
    app = contracts()
    app.selectbox(key="welk-contract").select(1).run()
    _type(app, TERM, 14)
    api.contracts[0] = a_contract(1, updateTermDays=60, etag='"2"')
    app = press(app, nl.SAVE)
    assert f"**{TERM}**: nu 60" in app.warning[0].value
    assert _number(app, TERM) == 14


def test_the_version_that_was_seen_stays_while_one_looks_around(contracts: Opened, api: FakeSupply) -> None:
    app = contracts()
    app.selectbox(key="welk-contract").select(1).run()
    api.contracts[0] = a_contract(1, answerTermDays=3, etag='"2"')
    app.text_input(key="contract-zoek").input("wilgen").run()
    _type(app, TERM, 14)
    app = press(app, nl.SAVE)
    assert nl.OVERTAKEN in said(app)
    assert _number(app, TERM) == 14


def test_who_comes_back_sees_the_newest(contracts: Opened, api: FakeSupply) -> None:
    app = contracts()
    app.selectbox(key="welk-contract").select(1).run()
    api.contracts[0] = a_contract(1, updateTermDays=60, etag='"2"')
    app.selectbox(key="welk-contract").select(2).run()
    app.selectbox(key="welk-contract").select(1).run()
    assert _number(app, TERM) == 60
    _type(app, TERM, 61)
    assert "Contract 2026-1 is gewijzigd." in said(press(app, nl.SAVE))


def test_who_leaves_the_page_and_comes_back_sees_the_newest(contracts: Opened, api: FakeSupply) -> None:
    app = contracts()
    app.selectbox(key="welk-contract").select(1).run()
    api.contracts[0] = a_contract(1, updateTermDays=60, etag='"2"')
    app.switch_page("app_pages/zorgvormen.py").run()
    app.switch_page("app_pages/contracten.py").run()
    app.selectbox(key="welk-contract").select(1).run()
    assert _number(app, TERM) == 60


def test_an_offer_that_a_colleague_changed_is_looked_at_again(offers: Opened, api: FakeSupply) -> None:
    app = offers()
    app.selectbox(key="welk-aanbod").select(1).run()
    app.text_input[0].set_value("Gezin plus")
    api.offers[1] |= {"ageUntil": 12, "etag": '"2"'}
    app = press(app, nl.SAVE)
    assert nl.OVERTAKEN in app.warning[0].value
    assert f"**{nl.OFFER_FIELDS['ageUntil']}**: nu 12" in app.warning[0].value
    assert not app.success
    assert app.text_input[0].value == "Gezin plus"
    assert _number(app, nl.OFFER_FIELDS["ageUntil"]) == 12

    app = press(app, nl.SAVE)
    assert api.bodies("PATCH", "offers/1")[-1] == {"name": "Gezin plus"}
    assert (api.offers[1]["name"], api.offers[1]["ageUntil"]) == ("Gezin plus", 12)


def test_a_colleagues_newer_day_of_the_table_is_not_overwritten_unseen(table: Opened, api: FakeSupply) -> None:
    app = table()
    app.date_input[0].set_value(TODAY + timedelta(days=9))
    api.table |= {"nextFreeOn": day(5), "etag": '"5"'}
    app = press(app, nl.SAVE)
    assert api.table["nextFreeOn"] == day(5)
    assert nl.OVERTAKEN in app.warning[0].value
    assert not app.success
    assert app.date_input[0].value == TODAY + timedelta(days=9)

    app = press(app, nl.SAVE)
    assert api.table["nextFreeOn"] == day(9)
    assert nl.TABLE_SAVED in said(app)
    assert not app.warning


def test_not_changed_is_not_said_of_a_day_that_was_not_seen(table: Opened, api: FakeSupply) -> None:
    app = table()
    api.table |= {"nextFreeOn": day(5), "etag": '"5"'}
    app = press(app, nl.TABLE_SAME)
    assert (api.table["nextFreeOn"], api.table["etag"]) == (day(5), '"5"')
    assert nl.OVERTAKEN in app.warning[0].value
    assert nl.LOOK_AT_IT in app.warning[0].value
    assert app.date_input[0].value == TODAY + timedelta(days=5)
