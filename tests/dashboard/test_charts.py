from dashboard import answers, charts
from tests.dashboard.fake_api import a_supply, supply_of


def test_the_bars_say_the_wait_in_words() -> None:
    supply = answers.Supply.model_validate(a_supply(supply_of(), supply_of("Leeg", medianWaitDays=None)))
    bars = charts.wait_bars(supply.care_types)
    assert [(bar["care"], bar["wait"]) for bar in bars["data"]["values"]] == [("Gezinshuis", "9 weken")]
