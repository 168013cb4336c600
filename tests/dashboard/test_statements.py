from datetime import date
from typing import Any

import pytest

from dashboard import answers, statements
from dashboard.client import Client, SignInNeeded, Unreachable
from dashboard.statements import WayBack
from dashboard.texts import nl, places
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


def test_a_statement_is_whole_with_what_was_not_typed_over() -> None:
    stated = offer(1, note="Alleen op dinsdag", startedLast90Days=5, availableFrom="2027-03-01").capacity
    body = statements.statement(stated, {"open_places": 1, "waiting_count": None})
    assert body == {
        "openPlaces": 1,
        "occupiedPlaces": 9,
        "reservedPlaces": 1,
        "totalPlaces": 12,
        "intakeWaitDays": 14,
        "treatmentWaitDays": 35,
        "admissionStop": False,
        "availableFrom": "2027-03-01",
        "startedLast90Days": 5,
        "withdrawnLast90Days": 1,
        "note": "Alleen op dinsdag",
    }


def test_a_day_two_counts_and_a_note_can_be_stated_and_cleared(
    api: FakeApi, client: Client, offers: dict[int, answers.Offer]
) -> None:
    seldom: dict[str, statements.Stated] = {
        "available_from": date(2027, 3, 1),
        "started_last_90_days": 7,
        "withdrawn_last_90_days": 0,
        "note": "Alleen op dinsdag",
    }
    stated = statements.save(client, TOKEN, offers, {1: seldom}).after[1]
    assert {name: getattr(stated, name) for name in seldom} == seldom
    again = {1: offers[1].model_copy(update={"capacity": stated})}
    cleared = statements.save(client, TOKEN, again, {1: dict.fromkeys(seldom)}).after[1]
    assert {getattr(cleared, name) for name in seldom} == {None}
    assert cleared.open_places == 2


def test_a_grid_reports_a_day_as_text_and_an_emptied_note_without_letters(offers: dict[int, answers.Offer]) -> None:
    order = [offer(1, availableFrom="2027-03-01", note="Bel eerst"), offers[2]]
    same: dict[str, statements.Stated] = {"available_from": "2027-03-01", "note": "Bel eerst "}
    assert statements.typed_in(order, {0: same}, {}) == {}
    assert statements.typed_in(order, {0: {"note": " "}, 1: {"available_from": "2027-04-01"}}, {}) == {
        1: {"note": None},
        2: {"available_from": date(2027, 4, 1)},
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
    done = statements.save(client, TOKEN, offers, {1: {"open_places": 0, "admission_stop": True, "note": "Vol"}})
    outcome, left = statements.undo(client, TOKEN, WayBack().after(done))
    assert (outcome.after[1].open_places, outcome.after[1].note, left.steps) == (2, None, ())
    assert api.offers[1]["capacity"]["admissionStop"] is False


def test_undoing_does_not_overwrite_somebody_else(
    api: FakeApi, client: Client, offers: dict[int, answers.Offer]
) -> None:
    done = statements.save(client, TOKEN, offers, {1: {"open_places": 0}})
    api.state(1, openPlaces=1)
    outcome, left = statements.undo(client, TOKEN, WayBack().after(done))
    assert (outcome.refused, left.steps) == ({1: places.OVERTAKEN}, ())


def test_niet_veranderd_is_taken_back_with_its_day(
    api: FakeApi, client: Client, offers: dict[int, answers.Offer]
) -> None:
    api.offers[1] = an_offer(1, days_old=40)
    old = answers.Offer.model_validate(api.offers[1])
    confirmed = statements.confirm(client, TOKEN, [old, offers[2]])
    assert confirmed.after[1].freshness == "fresh"
    outcome, left = statements.undo(client, TOKEN, WayBack().after(confirmed, confirmed=True))
    assert (outcome.after[1].freshness, outcome.after[2].freshness, left.steps) == ("stale", "fresh", ())
    assert old.capacity
    assert outcome.after[1].due_on == old.capacity.due_on


def test_what_was_done_is_undone_step_by_step_the_last_first(
    api: FakeApi, client: Client, offers: dict[int, answers.Offer]
) -> None:
    saved = statements.save(client, TOKEN, offers, {1: {"open_places": 0}, 2: {"open_places": 0}})
    now = [offers[1].model_copy(update={"capacity": saved.after[1]}), offers[3]]
    way = WayBack().after(saved).after(statements.confirm(client, TOKEN, now), confirmed=True)
    first, way = statements.undo(client, TOKEN, way)
    assert {offer_id: stated.open_places for offer_id, stated in first.after.items()} == {1: 0}
    second, way = statements.undo(client, TOKEN, way)
    assert {offer_id: stated.open_places for offer_id, stated in second.after.items()} == {1: 2, 2: 2}
    assert way.steps == ()


def test_a_save_that_saved_nothing_leaves_the_way_back_as_it_was(
    api: FakeApi, client: Client, offers: dict[int, answers.Offer]
) -> None:
    way = WayBack().after(statements.save(client, TOKEN, offers, {1: {"open_places": 0}}))
    assert way.after(statements.save(client, TOKEN, offers, {2: {"open_places": 9}})) == way


def test_a_first_statement_has_no_way_back(api: FakeApi, client: Client, offers: dict[int, answers.Offer]) -> None:
    numbers = {"total_places": 4, "occupied_places": 3, "reserved_places": 0, "open_places": 1}
    typed: statements.Typed = {3: {**numbers, "intake_wait_days": 7, "treatment_wait_days": 0}, 1: {"open_places": 0}}
    saved = statements.save(client, TOKEN, offers, typed)
    assert saved.first == {3}
    assert [set(step.before) for step in WayBack().after(saved).steps] == [{1}]


def test_what_could_not_be_undone_for_want_of_a_line_can_be_tried_again(
    api: FakeApi, client: Client, offers: dict[int, answers.Offer]
) -> None:
    way = WayBack().after(statements.save(client, TOKEN, offers, {1: {"open_places": 0}}))
    api.down = True
    outcome, left = statements.undo(client, TOKEN, way)
    assert (outcome.refused, left) == ({1: nl.UNREACHABLE}, way)


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
    assert outcome.refused == {1: nl.UNREACHABLE, 2: nl.UNREACHABLE}


def test_who_cannot_be_reached_is_waited_for_once(
    api: FakeApi, client: Client, offers: dict[int, answers.Offer], monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[int] = []

    def away(_: Client, token: str, offer_id: int, *rest: object) -> answers.Capacity:
        tried.append(offer_id)
        raise Unreachable(nl.TOO_SLOW)

    monkeypatch.setattr(Client, "state_capacity", away)
    outcome = statements.save(client, TOKEN, offers, {1: {"open_places": 0}, 2: {"open_places": 0}})
    assert (tried, outcome.refused) == ([1], {1: nl.TOO_SLOW, 2: nl.TOO_SLOW})


def test_a_line_that_falls_while_looking_what_somebody_else_stated_is_no_crash(
    api: FakeApi, client: Client, offers: dict[int, answers.Offer], monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*_: object) -> answers.Capacity:
        raise Unreachable(nl.UNREACHABLE)

    api.state(1, openPlaces=0)
    monkeypatch.setattr(Client, "capacity", away)
    outcome = statements.save(client, TOKEN, offers, {1: {"open_places": 1}})
    assert outcome.refused == {1: places.CHANGED_UNSEEN}
