from dashboard import answers, charts
from tests.dashboard.fake_api import a_capacity, a_supply, supply_of


def test_the_bars_say_the_wait_in_words() -> None:
    supply = answers.Supply.model_validate(a_supply(supply_of(), supply_of("Leeg", medianWaitDays=None)))
    bars = charts.wait_bars(supply.care_types)
    assert [(bar["care"], bar["wait"]) for bar in bars["data"]["values"]] == [("Gezinshuis", "9 weken")]


def test_what_was_not_stated_is_no_point_in_the_line() -> None:
    stated = [answers.Capacity.model_validate(a_capacity(1, 1, 3, waitingCount=None))]
    points = charts.places_over_time(stated)["data"]["values"]
    assert [(point["what"], point["number"]) for point in points] == [("Vrij", 2), ("Bezet", 9)]
