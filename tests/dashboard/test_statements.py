from typing import Any

import pytest

from dashboard import answers, statements
from dashboard.client import Client, SignInNeeded
from tests.dashboard.fake_api import TOKEN, FakeApi, an_offer


@pytest.fixture
def offers(api: FakeApi) -> dict[int, answers.Offer]:
    api.offers = {1: an_offer(1), 2: an_offer(2, "Pleegzorg"), 3: an_offer(3, "Nieuw", stated=False)}
    return {at: answers.Offer.model_validate(each) for at, each in api.offers.items()}


def offer(offer_id: int, **other: Any) -> answers.Offer:
    return answers.Offer.model_validate(an_offer(offer_id, **other))


def test_what_is_overdue_comes_first_then_due_then_never_stated() -> None:
    several = [offer(1, days_old=2), offer(2, stated=False), offer(3, days_old=25), offer(4, days_old=40)]
    assert [each.id for each in statements.due_first(several)] == [4, 3, 2, 1]


def test_only_what_differs_counts_as_typed(offers: dict[int, answers.Offer]) -> None:
    order = list(offers.values())
    edited: dict[int, dict[str, int | bool | None]] = {
        0: {"open_places": 1},
        1: {"open_places": 2},
        2: {"admission_stop": False},
    }
    assert statements.typed_in(order, edited, {}) == {1: {"open_places": 1}}


def test_what_was_kept_and_typed_back_is_no_change(offers: dict[int, answers.Offer]) -> None:
    order = list(offers.values())
    assert statements.typed_in(order, {0: {"open_places": 2}}, {1: {"open_places": 5}, 2: {"waiting_count": None}}) == {
        2: {"waiting_count": None}
    }


def test_a_statement_is_whole_with_what_the_grid_does_not_show() -> None:
    stated = offer(1, note="Alleen op dinsdag", startedLast90Days=5).capacity
    body = statements.statement(stated, {"open_places": 1, "waiting_count": None})
    assert body == {
        "openPlaces": 1,
        "occupiedPlaces": 9,
        "reservedPlaces": 1,
        "totalPlaces": 12,
        "intakeWaitDays": 14,
        "treatmentWaitDays": 35,
        "admissionStop": False,
        "startedLast90Days": 5,
        "withdrawnLast90Days": 1,
        "note": "Alleen op dinsdag",
    }


def test_saved_rows_show_what_now_holds(api: FakeApi, client: Client, offers: dict[int, answers.Offer]) -> None:
    outcome = statements.save(client, TOKEN, offers, {1: {"open_places": 1}})
    assert outcome.after[1].open_places == 1
    assert outcome.before[1].open_places == 2
    assert not outcome.refused


def test_a_fault_in_one_row_does_not_hold_up_another(
    api: FakeApi, client: Client, offers: dict[int, answers.Offer]
) -> None:
    outcome = statements.save(client, TOKEN, offers, {1: {"open_places": 9}, 2: {"open_places": 0}})
    assert outcome.refused == {1: "Vrij (9) is meer dan er over is: 2."}
    assert list(outcome.after) == [2]
    assert api.offers[1]["capacity"]["openPlaces"] == 2


def test_a_statement_of_somebody_else_is_never_overwritten_unseen(
    api: FakeApi, client: Client, offers: dict[int, answers.Offer]
) -> None:
    api.state(1, openPlaces=0)
    outcome = statements.save(client, TOKEN, offers, {1: {"open_places": 1}})
    assert "Vrij: u 1, nu 0." in outcome.refused[1]
    assert api.offers[1]["capacity"]["openPlaces"] == 0


def test_a_first_statement_needs_all_numbers(api: FakeApi, client: Client, offers: dict[int, answers.Offer]) -> None:
    outcome = statements.save(client, TOKEN, offers, {3: {"total_places": 4}})
    assert outcome.refused[3] == ("Vul alle getallen in. Nul mag ook. Leeg: Vrij, Bezet, Gereserveerd, Intake, Start.")


def test_a_first_statement_is_saved_as_such(api: FakeApi, client: Client, offers: dict[int, answers.Offer]) -> None:
    numbers = {"total_places": 4, "occupied_places": 3, "reserved_places": 0, "open_places": 1}
    outcome = statements.save(client, TOKEN, offers, {3: {**numbers, "intake_wait_days": 7, "treatment_wait_days": 0}})
    assert outcome.after[3].open_places == 1
    assert outcome.before == {}


def test_an_unlikely_jump_is_asked_back_once(api: FakeApi, client: Client, offers: dict[int, answers.Offer]) -> None:
    typed: statements.Typed = {1: {"total_places": 900}}
    asked = statements.save(client, TOKEN, offers, typed)
    assert asked.unlikely == {1}
    assert statements.save(client, TOKEN, offers, typed, sure=asked.unlikely).after[1].total_places == 900


def test_confirming_states_the_same_numbers_today(
    api: FakeApi, client: Client, offers: dict[int, answers.Offer]
) -> None:
    outcome = statements.confirm(client, TOKEN, offers.values())
    assert set(outcome.after) == {1, 2}
    assert outcome.after[1].open_places == 2


def test_confirming_what_changed_meanwhile_is_refused(
    api: FakeApi, client: Client, offers: dict[int, answers.Offer]
) -> None:
    api.state(1, openPlaces=0)
    assert "Iemand anders" in statements.confirm(client, TOKEN, offers.values()).refused[1]


def test_undoing_states_the_old_numbers_again(api: FakeApi, client: Client, offers: dict[int, answers.Offer]) -> None:
    done = statements.save(client, TOKEN, offers, {1: {"open_places": 0, "admission_stop": True}})
    assert statements.undo(client, TOKEN, done).after[1].open_places == 2
    assert api.offers[1]["capacity"]["admissionStop"] is False


def test_undoing_does_not_overwrite_somebody_else(
    api: FakeApi, client: Client, offers: dict[int, answers.Offer]
) -> None:
    done = statements.save(client, TOKEN, offers, {1: {"open_places": 0}})
    api.state(1, openPlaces=1)
    assert 1 in statements.undo(client, TOKEN, done).refused


def test_an_expired_token_is_not_a_fault_of_a_row(
    api: FakeApi, client: Client, offers: dict[int, answers.Offer]
) -> None:
    api.expired = True
    with pytest.raises(SignInNeeded):
        statements.save(client, TOKEN, offers, {1: {"open_places": 0}})
    with pytest.raises(SignInNeeded):
        statements.confirm(client, TOKEN, offers.values())


def test_an_api_that_goes_away_leaves_every_row_typed(
    api: FakeApi, client: Client, offers: dict[int, answers.Offer]
) -> None:
    api.down = True
    outcome = statements.save(client, TOKEN, offers, {1: {"open_places": 0}, 2: {"open_places": 0}})
    assert set(outcome.refused) == {1, 2}
