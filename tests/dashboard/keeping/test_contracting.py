"""A contract manager makes contracts and changes all of them that can change, on the screen."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.contract_form import is_half, lines_of, together
from dashboard.texts import supply as nl
from tests.dashboard.conftest import press, said
from tests.dashboard.fake_api import ARNHEM, REGION, problem
from tests.dashboard.fake_supply import FOSTER, HOUSE, FakeSupply, a_contract, a_provider
from tests.dashboard.keeping.conftest import Opened


def _choice(app: AppTest, label: str) -> Any:
    return next(each for each in app.multiselect if each.label == label)


TYPES, AREAS = nl.CONTRACT_FIELDS["careTypes"], nl.CONTRACT_FIELDS["areas"]


def _lines(*lines: tuple[str, str]) -> list[dict[str, str]]:
    return [{"careType": care, "area": area} for care, area in lines]


@pytest.mark.parametrize(
    ("lines", "pairs"),
    [
        (_lines(), []),
        (_lines(("a", "GM1"), ("b", "GM1"), ("a", "GM2"), ("b", "GM2")), [(("a", "b"), ["GM1", "GM2"])]),
        (_lines(("a", "GM1"), ("a", "JZ1"), ("b", "JZ1")), [(("a", "b"), ["JZ1"]), (("a",), ["GM1"])]),
    ],
)
def test_areas_that_get_the_same_care_stand_together(lines: Any, pairs: Any) -> None:
    assert together(lines) == pairs
    assert lines_of(pairs) == sorted(lines, key=lambda line: (line["careType"], line["area"]))
    assert not is_half(pairs)


def test_care_without_an_area_is_half_a_line_and_an_emptied_pair_is_none() -> None:
    assert is_half([(("a",), [])])
    assert is_half([((), ["GM1"])])
    assert not is_half([(("a",), ["GM1"]), ((), [])])


def test_care_areas_scope_and_number_of_a_contract_are_changed(contracts: Opened, api: FakeSupply) -> None:
    lines = [{"careType": HOUSE, "area": REGION}, {"careType": HOUSE, "area": ARNHEM}]
    api.contracts = [a_contract(1, lines=[*lines, {"careType": FOSTER, "area": ARNHEM}])]
    app = contracts()
    app.selectbox(key="welk-contract").select(1).run()
    assert _choice(app, TYPES).value == ["gezinshuis", "pleegzorg"]
    assert _choice(app, AREAS).value == ["GM0202"]
    assert _choice(app, f"{TYPES} (2)").value == ["gezinshuis"]
    _choice(app, f"{AREAS} (2)").set_value(["GM0228"])
    next(each for each in app.selectbox if each.label == nl.CONTRACT_FIELDS["scope"]).set_value("local")
    next(each for each in app.text_input if each.label == nl.CONTRACT_FIELDS["number"]).set_value("2027-1")
    app = press(app, nl.SAVE)
    assert api.bodies("PATCH", "contracts/1") == [
        {
            "number": "2027-1",
            "scope": "local",
            "lines": _lines(("gezinshuis", "GM0202"), ("gezinshuis", "GM0228"), ("pleegzorg", "GM0202")),
        }
    ]
    assert "Contract 2027-1 is gewijzigd." in said(app)


def test_another_pair_is_added_to_a_contract(contracts: Opened, api: FakeSupply) -> None:
    app = contracts()
    app.selectbox(key="welk-contract").select(1).run()
    _choice(app, f"{TYPES} (2)").set_value(["pleegzorg"])
    app = press(app, nl.SAVE)
    assert nl.HALF_A_LINE in said(app)
    _choice(app, f"{TYPES} (2)").set_value(["pleegzorg"])
    _choice(app, f"{AREAS} (2)").set_value(["GM0202"])
    press(app, nl.SAVE)
    assert api.bodies("PATCH", "contracts/1") == [
        {"lines": _lines(("gezinshuis", "JZ28"), ("pleegzorg", "GM0202"))},
    ]


def _new(app: AppTest) -> AppTest:
    return app.selectbox(key="welk-contract").select(0).run()


def _provider_box(app: AppTest) -> Any:
    return next(each for each in app.selectbox if each.label == nl.CONTRACT_FIELDS["provider"])


def test_a_provider_is_chosen_by_its_name(contracts: Opened, api: FakeSupply) -> None:
    api.providers.append(a_provider("98000002", "De Zwaluw"))
    app = _new(contracts())
    assert _provider_box(app).options == ["De Wilgen (98000001)", "De Zwaluw (98000002)"]
    assert nl.CHOOSE_PROVIDER in said(press(app, nl.ADD_CONTRACT))
    app.text_input(key="zoek-aanbieder").input("zwaluw").run()
    assert _provider_box(app).value == "98000002"
    _choice(app, TYPES).set_value(["gezinshuis"])
    next(each for each in app.text_input if each.label == nl.CONTRACT_FIELDS["number"]).set_value("2027-9")
    app = press(app, nl.ADD_CONTRACT)
    (sent,) = api.bodies("POST", "contracts")
    assert (sent["provider"], sent["number"], sent["lines"]) == ("98000002", "2027-9", _lines(("gezinshuis", "JZ28")))
    assert "Contract 2027-9 is toegevoegd." in said(app)


def test_a_provider_that_is_not_known_is_added_and_then_chosen(contracts: Opened, api: FakeSupply) -> None:
    app = _new(contracts())
    app.text_input(key="zoek-aanbieder").input("ooievaar").run()
    assert nl.NO_SUCH_PROVIDER in said(app)
    typed = {"agbCode": "07654321", "name": "De Ooievaar", "phone": "026 123 45 67"}
    for name, value in typed.items():
        next(each for each in app.text_input if each.label == nl.PROVIDER_FIELDS[name]).set_value(value)
    app = press(app, nl.ADD_PROVIDER)
    assert api.bodies("POST", "providers") == [typed]
    assert nl.PROVIDER_ADDED.format(name="De Ooievaar") in said(app)
    assert _provider_box(app).value == "07654321"


def test_what_is_wrong_with_a_new_provider_is_said_by_field(contracts: Opened, api: FakeSupply) -> None:
    app = _new(contracts())
    fault = {"pointer": "/agbCode", "detail": "Geef een AGB-code van acht cijfers.", "code": "pattern"}
    api.refusal = problem(400, "invalid-input", "De invoer klopt niet.", fault)
    app = press(app, nl.ADD_PROVIDER)
    assert "**AGB-code**: Geef een AGB-code van acht cijfers." in said(app)


def test_a_provider_says_how_it_is_reached(offers: Opened, api: FakeSupply) -> None:
    app = offers()
    label = nl.PROVIDER_FIELDS["phone"]
    next(each for each in app.text_input if each.label == label).set_value("026 123 45 67")
    app = press(app, nl.SAVE)
    assert api.bodies("PATCH", "providers/98000001") == [{"phone": "026 123 45 67"}]
    assert nl.REACHED_SAVED in said(app)


def test_two_forms_on_one_page_do_not_forget_each_other(offers: Opened, api: FakeSupply) -> None:
    app = offers()
    app.selectbox(key="welk-aanbod").select(1).run()
    app.text_input[0].set_value("Gezin plus")
    app = press(app, nl.SAVE)
    assert api.bodies("PATCH", "offers/1") == [{"name": "Gezin plus"}]
