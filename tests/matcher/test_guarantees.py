"""What must always be there: kept, uncertain or not kept, at every border; since when, how sure, and why."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.guarantee_days import Agreement, Held, Offer, Reach, Statement, hear, settled
from matcher.guarantee_room import Promise
from matcher.guarantee_words import WHY as CLAUSES
from matcher.guarantee_words import promised, say
from matcher.guarantees import VERDICTS, WHY, Judged, Standing, Verdict, Why, judge
from matcher.waiting import Certainty
from tests.matcher.guarantees import ALWAYS, FIRST, GEZINSHUIS, TODAY, ago, an_offer, said, term_on, verdict_on

KEPT, UNCERTAIN, NOT_KEPT = Verdict


def judged(promise: Promise, *offers: Offer, areas: int = 1) -> Judged:
    return judge(promise, hear(offers, areas, FIRST, TODAY))


def standing(promise: Promise, *offers: Offer) -> Standing:
    (found,) = judged(promise, *offers).standings
    return found


def of(promise: Promise = GEZINSHUIS, **changed: Any) -> Promise:
    return replace(promise, **changed)


@pytest.mark.parametrize(
    ("what", "promise", "offer", "verdict", "why"),
    [
        ("one open place", of(), an_offer(said(3)), KEPT, None),
        ("nobody has a contract", of(), an_offer(said(3), agreements=()), NOT_KEPT, Why.NONE_CONTRACTED),
        ("the contract was for another place", of(), an_offer(said(3), agreements=(replace(ALWAYS, areas=()),)),
         NOT_KEPT, Why.NONE_CONTRACTED),
        ("the contract ended yesterday", of(), an_offer(said(3), agreements=(replace(ALWAYS, last=ago(1)),)),
         NOT_KEPT, Why.NONE_CONTRACTED),
        ("the contract ends today", of(), an_offer(said(3), agreements=(replace(ALWAYS, last=TODAY),)), KEPT, None),
        ("the contract begins tomorrow", of(), an_offer(said(3), agreements=(replace(ALWAYS, first=ago(-1)),)),
         NOT_KEPT, Why.NONE_CONTRACTED),
        ("not published any more", of(), an_offer(said(3), last=ago(1)), NOT_KEPT, Why.NONE_CONTRACTED),
        ("another care type", of(), an_offer(said(3), care_type="pleegzorg"), NOT_KEPT, Why.NONE_CONTRACTED),
        ("the last day of the statement's term", of(), an_offer(said(30)), KEPT, None),
        ("a day past its term", of(), an_offer(said(31)), UNCERTAIN, Why.OLD_STATEMENTS),
        ("never stated", of(), an_offer(), UNCERTAIN, Why.OLD_STATEMENTS),
        ("an old statement that said full", of(), an_offer(said(31, 0)), NOT_KEPT, Why.ALL_FULL),
        ("an old statement of a stop", of(), an_offer(said(31, stop=True)), NOT_KEPT, Why.ALL_FULL),
        ("full", of(), an_offer(said(3, 0)), NOT_KEPT, Why.ALL_FULL),
        ("an admission stop", of(), an_offer(said(3, stop=True)), NOT_KEPT, Why.ALL_STOPPED),
        ("the place opens tomorrow", of(), an_offer(said(3, available_from=ago(-1))), NOT_KEPT, Why.TOO_LATE),
        ("the place opens today", of(), an_offer(said(3, available_from=TODAY)), KEPT, None),
        ("two promised, one there", of(places=2), an_offer(said(3)), NOT_KEPT, Why.TOO_FEW),
        ("two promised, two there", of(places=2), an_offer(said(3, 2)), KEPT, None),
        ("the only place is held for a child", of(), an_offer(said(3), held=(Held(ago(1), TODAY),)), NOT_KEPT,
         Why.ALL_FULL),
        ("the place was held until yesterday", of(), an_offer(said(3), held=(Held(ago(2), ago(1)),)), KEPT, None),
        ("a start on the last day that was promised", of(within_days=14), an_offer(said(3, 0)), KEPT, None),
        ("a start a day later", of(within_days=13), an_offer(said(3, 0)), NOT_KEPT, Why.TOO_LATE),
        ("within days, opening in time", of(within_days=14), an_offer(said(3, 0, available_from=ago(-14))), KEPT, None),
        ("within days, opening too late", of(within_days=14), an_offer(said(3, 0, available_from=ago(-15))), NOT_KEPT,
         Why.TOO_LATE),
        ("within days, behind a stop", of(within_days=14), an_offer(said(3, stop=True)), NOT_KEPT, Why.ALL_STOPPED),
        ("too young for it", of(ages=(12, 12)), an_offer(said(3), age_until=11), NOT_KEPT, Why.OTHER_AGE),
        ("just old enough", of(ages=(12, 12)), an_offer(said(3), age_from=12), KEPT, None),
        ("not for the last of the ages", of(ages=(12, 17)), an_offer(said(3), age_until=16), NOT_KEPT, Why.OTHER_AGE),
        ("in the region, promised in the municipality", of(reach=Reach.MUNICIPALITY),
         an_offer(said(3), within=(Reach.REGION,)), NOT_KEPT, Why.TOO_FAR),
        ("next door, promised in the region", of(), an_offer(said(3), within=(Reach.NEIGHBOURS,)), NOT_KEPT,
         Why.TOO_FAR),
        ("next door, promised so far", of(reach=Reach.NEIGHBOURS), an_offer(said(3), within=(Reach.NEIGHBOURS,)), KEPT,
         None),
        ("at the distance", of(max_km=20), an_offer(said(3), km=(20.0,)), KEPT, None),
        ("beyond the distance", of(max_km=20), an_offer(said(3), km=(20.1,)), NOT_KEPT, Why.TOO_FAR),
        ("a team that does not come so far", of(), an_offer(said(3), km=(float("inf"),)), NOT_KEPT, Why.TOO_FAR),
    ],
)  # fmt: skip
def test_a_promise_at_each_border(what: str, promise: Promise, offer: Offer, verdict: Verdict, why: Why | None) -> None:
    found = standing(promise, offer)
    assert (found.verdict, found.why) == (verdict, why), what


def test_every_reason_has_its_test_and_its_words() -> None:
    assert set(WHY) == set(CLAUSES) == set(Why)


def test_a_place_that_is_far_is_named_before_a_place_that_is_full() -> None:
    far = an_offer(said(3), within=(Reach.COUNTRY,))
    assert standing(of(), an_offer(said(3, 0)), far).why is Why.TOO_FAR


def test_each_age_is_judged_by_itself() -> None:
    young, old = an_offer(said(3), age_until=11), an_offer(said(3, 0), age_from=12)
    found = standing(of(ages=(10, 13)), young, old)
    assert (found.verdict, found.ages, found.why) == (NOT_KEPT, (12, 13), Why.ALL_FULL)


def test_two_offers_keep_a_promise_together() -> None:
    assert standing(of(places=2), an_offer(said(3)), an_offer(said(9))).verdict is KEPT


def test_an_old_statement_beside_a_fresh_one_makes_it_uncertain_and_not_kept() -> None:
    found = standing(of(places=2), an_offer(said(3)), an_offer(said(40)))
    assert (found.verdict, found.places, found.certainty) == (UNCERTAIN, 1, Certainty.UNCERTAIN)


@pytest.mark.parametrize(
    ("offers", "certainty"),
    [
        ([an_offer(said(22))], Certainty.CERTAIN),
        ([an_offer(said(24))], Certainty.FAIRLY),  # due: in the last week of its term
        ([an_offer(said(24)), an_offer(said(2))], Certainty.CERTAIN),
        ([an_offer(said(3, 0))], Certainty.CERTAIN),
        ([an_offer(said(3, 0)), an_offer(said(99, 0))], Certainty.FAIRLY),
    ],
)
def test_how_sure_it_is(offers: list[Offer], certainty: Certainty) -> None:
    assert standing(of(), *offers).certainty is certainty


@pytest.mark.parametrize(
    ("statements", "verdict", "since"),
    [
        ((said(60), said(40), said(10, 0)), NOT_KEPT, ago(10)),
        ((said(60), said(40), said(20, 0), said(10, 0)), NOT_KEPT, ago(20)),
        ((said(40, 0), said(10)), KEPT, ago(10)),
        ((said(60), said(40), said(12)), KEPT, ago(60)),
        ((said(50),), UNCERTAIN, ago(19)),  # the term was over on the day before
        ((said(60), said(10)), KEPT, ago(10)),  # in between nobody could rely on it
        ((said(10, 0), said(10)), KEPT, ago(10)),  # the last word of a day speaks
    ],
)
def test_since_when_comes_from_the_statements(statements: tuple[Statement, ...], verdict: Verdict, since: date) -> None:
    found = standing(of(), an_offer(*statements))
    assert (found.verdict, found.since, found.or_earlier) == (verdict, since, False)


def test_since_when_comes_from_the_contracts_too() -> None:
    until = replace(ALWAYS, last=ago(8))
    found = standing(of(), an_offer(said(20), agreements=(until,)))
    assert (found.why, found.since) == (Why.NONE_CONTRACTED, ago(7))


def test_what_lasts_all_the_time_that_was_looked_at_is_said_to_be_longer() -> None:
    found = standing(of(), an_offer(said(3), agreements=()))
    assert (found.since, found.or_earlier) == (FIRST, True)


def test_the_shortest_term_of_several_contracts_decides() -> None:
    short = replace(ALWAYS, term_days=10)
    assert standing(of(), an_offer(said(20), agreements=(ALWAYS, short))).verdict is UNCERTAIN
    ended = replace(short, last=ago(1))
    assert standing(of(), an_offer(said(20), agreements=(ALWAYS, ended))).verdict is KEPT


def test_the_soonest_start_is_what_a_provider_states_without_a_stop() -> None:
    offers = [an_offer(said(3, 0, wait_days=40)), an_offer(said(3, 0, wait_days=9, stop=True)), an_offer(said(50))]
    assert standing(of(), *offers).soonest_start == ago(-40)
    assert standing(of(), *offers[1:]).soonest_start is None
    later = an_offer(said(3, wait_days=9, available_from=ago(-30)))
    assert standing(of(), later).soonest_start == ago(-30)


def test_a_promise_is_kept_where_it_is_kept_everywhere() -> None:
    here = an_offer(said(50), said(25), within=(Reach.MUNICIPALITY, Reach.REGION), km=(0.0, 9.0),
                    agreements=(replace(ALWAYS, areas=(0, 1)),))  # fmt: skip
    found = judged(of(reach=Reach.MUNICIPALITY), here, areas=2)
    assert [each.verdict for each in found.standings] == [KEPT, NOT_KEPT]
    assert found.spell()[0] is NOT_KEPT
    assert judged(of(), here, areas=2).spell() == (KEPT, ago(50), False)


def test_days_are_counted_within_the_period_only() -> None:
    found = judged(of(), an_offer(said(40), said(15, 0), said(5)))
    assert found.kept_days(FIRST, TODAY) == 25 + 6  # from 40 until 16 days ago, and from 5 until today
    assert found.kept_days(ago(20), ago(10)) == 5
    assert found.kept_days(ago(300), ago(200)) == 0


DAYS = st.integers(-20, 130)


@st.composite
def offers(draw: st.DrawFn) -> Offer:
    statements = sorted(draw(st.lists(DAYS, max_size=4)), reverse=True)
    spans = st.tuples(DAYS, st.integers(0, 90)).map(lambda span: (ago(span[0]), ago(span[0] - span[1])))
    agreements = draw(st.lists(st.tuples(st.sampled_from([(0,), (1,), (0, 1)]), spans, st.integers(1, 40)), max_size=3))
    age = draw(st.integers(10, 14))
    days = draw(st.one_of(st.just((date(2020, 1, 1), date.max)), spans))
    return Offer(
        care_type=draw(st.sampled_from(["gezinshuis", "pleegzorg"])),
        age_from=age,
        age_until=draw(st.integers(age, 16)),
        first=days[0],
        last=days[1],
        statements=tuple(
            Statement(ago(on), draw(st.integers(0, 3)), draw(st.integers(0, 40)), draw(st.booleans()),
                      draw(st.none() | DAYS.map(ago)))
            for on in statements
        ),
        agreements=tuple(Agreement(areas, first, last, term) for areas, (first, last), term in agreements),
        within=(draw(st.sampled_from(Reach)), draw(st.sampled_from(Reach))),
        km=(draw(st.sampled_from([0.0, 10.0, 30.0, float("inf")])), 10.0),
        held=tuple(Held(*span) for span in draw(st.lists(spans, max_size=2))),
    )  # fmt: skip


PROMISES = st.builds(
    Promise,
    care_types=st.sampled_from([frozenset(["gezinshuis"]), frozenset(["gezinshuis", "pleegzorg"])]),
    places=st.integers(1, 3),
    within_days=st.none() | st.integers(0, 30),
    ages=st.none() | st.sampled_from([(12, 12), (11, 15)]),
    reach=st.sampled_from(Reach),
    max_km=st.none() | st.sampled_from([5.0, 20.0]),
)


@settings(max_examples=20, deadline=None)
@given(promise=PROMISES, given_offers=st.lists(offers(), max_size=4))
def test_agrees_with_checking_every_day_by_hand(promise: Promise, given_offers: list[Offer]) -> None:
    found = judged(promise, *given_offers, areas=2)
    for area in range(2):
        for at in range(0, 101, 7):
            day = FIRST + timedelta(days=at)
            assert VERDICTS[found.verdicts[area, at]] is verdict_on(day, promise, given_offers, area)


@settings(max_examples=20, deadline=None)
@given(offer=offers())
def test_agreements_without_overlap_say_the_same(offer: Offer) -> None:
    apart = replace(offer, agreements=tuple(settled(offer.agreements, TODAY)))
    for at in range(0, 131, 3):
        for area in range(2):
            assert term_on(ago(at), apart, area) == term_on(ago(at), offer, area)
            assert sum(area in each.areas and each.first <= ago(at) <= each.last for each in apart.agreements) <= 1


@pytest.mark.parametrize(
    ("promise", "offer", "sentence"),
    [
        (of(), an_offer(said(40), said(20)), "Aanwezig sinds 11 oktober 2026."),
        (of(), an_offer(said(20), said(0, 0)), "Ontbreekt sinds vandaag: er is geen plek vrij."),
        (of(), an_offer(said(40)), "Onzeker sinds 11 november 2026: opgaven zijn te oud of nooit gedaan."),
        (of(), an_offer(agreements=()), "Ontbreekt al langer dan drie maanden: niemand heeft hier een contract."),
        (of(places=2), an_offer(said(0)), "Ontbreekt sinds vandaag: er is één plek, afgesproken zijn 2."),
        (of(ages=(15, 17)), an_offer(said(9), age_until=15),
         "Ontbreekt al langer dan drie maanden: niets voor 16 tot en met 17 jaar."),
    ],
)  # fmt: skip
def test_says_how_it_stands_in_one_sentence(promise: Promise, offer: Offer, sentence: str) -> None:
    said_of_it = say(promise, standing(promise, offer), TODAY)
    assert said_of_it == sentence
    assert len(said_of_it.split()) <= 15


@pytest.mark.parametrize(
    ("promise", "sentence"),
    [
        (of(), "Eén plek vrij, binnen de regio"),
        (of(places=2, within_days=14, ages=(12, 17), reach=Reach.NEIGHBOURS, max_km=30),
         "Twee plekken met start binnen twee weken, voor 12 tot en met 17 jaar, in de regio of een buurregio,"
         " hoogstens 30 km"),
    ],
)  # fmt: skip
def test_says_what_was_promised(promise: Promise, sentence: str) -> None:
    assert promised(promise) == sentence
