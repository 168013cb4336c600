"""What the questions of the last whole quarter say to a provider: how many it could serve and at which place, how many
it could not, why, and for which kind of need.

Counted as it was then, over a quarter that is over: yesterday's numbers are today's, so no question can be seen to come
in. Quarters do not overlap, so taking one from the next says nothing. Within one, what is seldom is hidden.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from availability.matching.keeping import KNOWN_WEIGHTS, Kept, candidates_again
from availability.messages import CodeAndName
from availability.quarterly.quarter import Quarter
from availability.vocabulary.lexicon import Lexicon
from availability.waits import queries
from availability.waits.messages import Places, Unserved, UnservedCareType, UnservedRule
from matcher.dutch import NL
from matcher.fit import Rule
from matcher.hindsight import Hindsight, look_back
from matcher.hindsight import Unserved as WhyNot
from matcher.suppression_kinds import frequent_traits, kinds_shown, told

MOST_QUESTIONS = 1_000
"""Judging one again takes some two milliseconds. Of more, the newest whole days are counted, and `since` says so."""

LAST_OF_BAND = (1, 3, 10)
"""First, on the podium, on the first screen."""


@dataclass(frozen=True, slots=True)
class QuarterPast:
    since: date
    until: date
    served: int | None
    places: Places | None
    unserved: Unserved


def quarter_past(session: Session, provider: str, lexicon: Lexicon, today: date) -> QuarterPast:
    quarter, own = Quarter.last_before(today), queries.ever_offered(session, provider)
    since, questions = _questions(session, provider, quarter, own)
    best = [each.best for each in questions if each.best is not None]
    return QuarterPast(
        since=since,
        until=quarter.last_day,
        served=told(len(best)),
        places=_places(best),
        unserved=_unserved([each.unserved for each in questions if each.unserved], own, lexicon),
    )


def _questions(session: Session, provider: str, quarter: Quarter, own: Collection[int]) -> tuple[date, list[Hindsight]]:
    """With the first day that is counted. All offers the provider ever had are its own: were it only those of today,
    it could see by ending one which questions that one had served."""
    since, found = quarter.first_day, list[Hindsight]()
    for row in queries.questions_around(session, provider, quarter.first_day, quarter.last_day, MOST_QUESTIONS):
        since, weights = row.since, KNOWN_WEIGHTS.get(row.weights_version)
        if weights is None:
            continue
        stored = Kept(row.question, row.candidates, row.today, row.as_of, row.weights_version, answer={})
        hindsight = look_back(*candidates_again(stored), row.today, own, weights)
        found += [hindsight] if hindsight else []
    return since, found


def _places(best: Sequence[int]) -> Places | None:
    """The bands that are often enough; an empty one is only told to be empty where nothing is hidden."""
    if told(len(best)) is None:
        return None
    bands, rest = kinds_shown(Counter(bisect_left(LAST_OF_BAND, rank) for rank in best))
    first, top_three, top_ten, lower = (bands.get(band, 0 if rest == 0 else None) for band in range(4))
    return Places(first=first, top_three=top_three, top_ten=top_ten, lower=lower)


def _unserved(why_not: Sequence[WhyNot], care_type_of: Mapping[int, str], lexicon: Lexicon) -> Unserved:
    needs: dict[Rule, list[list[str]]] = defaultdict(list)
    for each in why_not:
        needs[each.rule].append(list(_named(each.needs, lexicon)))
    often = {rule: frequent_traits(asked) for rule, asked in needs.items()}
    rules, rest = kinds_shown(Counter(each.rule for each in why_not), never=_telling(often))
    care_types, other_care_types = kinds_shown(Counter(care_type_of[each.offer] for each in why_not))
    return Unserved(
        count=told(len(why_not)),
        by_rule=[
            UnservedRule(
                rule=rule,
                text=NL.rules[rule],
                count=count,
                needs=[CodeAndName(code=code, name=lexicon.needs[code].name) for code in often[rule]],
            )
            for rule, count in rules.items()
        ],
        other=rest,
        by_care_type=[
            UnservedCareType(care_type=CodeAndName(code=code, name=lexicon.care_types[code].name), count=count)
            for code, count in care_types.items()
        ],
        other_care_types=other_care_types,
    )


def _named(needs: int, lexicon: Lexicon) -> Iterator[str]:
    return (need.code for need in lexicon.needs.values() if needs & (1 << need.bit))


def _telling(often: dict[Rule, list[str]]) -> set[Rule]:
    """A provider knows what it excludes. Told how often that was the reason, but of no need that it was asked often, it
    would know that each of a few was asked for."""
    return {rule for rule, needs in often.items() if rule is Rule.CONTRA_INDICATION and not needs}
