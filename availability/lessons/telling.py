"""What was found, told: names for codes, sentences for figures, and what touches most children first."""

from collections.abc import Iterator, Mapping

from availability.lessons.figures import OfCases, OfSupply
from availability.lessons.messages import (
    ContactsTold,
    CountOf,
    EscalationsTold,
    OfAgeTold,
    PlacesTold,
    RefusedTold,
    ShareTold,
    SizeTold,
    StepTold,
    WaitedTold,
)
from availability.messages import CodeAndName
from availability.referrals.reasons import REASONS
from availability.vocabulary.lexicon import Lexicon
from matcher.case_words import ACTORS, CHOICES
from matcher.lessons import UNSAID
from matcher.lessons_of_cases import StepTime
from matcher.lessons_of_refusals import Refused
from matcher.lessons_of_supply import later_than_stated
from matcher.lessons_words import (
    CAUSES,
    SIZES,
    STEPS_OF_ROUTES,
    TASKS_OF_ROUTES,
    About,
    Lesson,
    of_coming_of_age,
    of_contacts,
    of_escalations,
    of_places,
    of_refusals,
    of_sizes,
    of_steps,
    of_waits,
)
from matcher.shortage_words import Reason

REASON_TEXTS: Mapping[str, str] = {
    **{reason.value: meaning.text for reason, meaning in REASONS.items()},
    UNSAID: "Er is geen reden gegeven.",
}


class Names:
    """Names of care types; one that is no longer known keeps its code."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.care_types = {code: each.name for code, each in lexicon.care_types.items()}

    def of(self, code: str) -> str:
        return self.care_types.get(code, code)

    def care_type(self, code: str) -> CodeAndName:
        return CodeAndName(code=code, name=self.of(code))


def supply_lessons(now: OfSupply, before: OfSupply, names: Names) -> Iterator[Lesson]:
    late, late_before = later_than_stated(now.waits), later_than_stated(before.waits)
    yield Lesson(
        About.REFUSALS,
        now.refusals[0].share,
        before.refusals[0].share,
        now.refused_children,
        of_refusals(now.refusals, now.refused_children, names.of, REASON_TEXTS),
    )
    yield Lesson(About.WAITS, late, late_before, late.part, of_waits(now.waits, late, names.of))
    small, small_before = now.sizes[0].referrals, before.sizes[0].referrals
    yield Lesson(About.SIZES, small, small_before, 0, of_sizes(now.sizes))
    if now.places and before.places:
        yield Lesson(About.PLACES, now.places[-1].share, before.places[-1].share, 0, of_places(now.places))


def case_lessons(now: OfCases, before: OfCases) -> Iterator[Lesson]:
    left = now.of_age.stayed.whole - now.of_age.stayed.part
    steps: list[Reason] = of_steps(now.steps, now.late, now.late_children)
    yield Lesson(About.STEPS, now.late, before.late, now.late_children, steps)
    stuck, stuck_before = now.escalations.share, before.escalations.share
    yield Lesson(About.ESCALATIONS, stuck, stuck_before, stuck.part, of_escalations(now.escalations))
    failed, failed_before = now.contacts.failed, before.contacts.failed
    yield Lesson(About.CONTACTS, failed, failed_before, failed.part, of_contacts(now.contacts))
    yield Lesson(About.OF_AGE, now.of_age.stayed, before.of_age.stayed, left, of_coming_of_age(now.of_age))


# --- the facts -----------------------------------------------------------------------------------------------------


def refused(row: Refused, names: Names) -> RefusedTold:
    return RefusedTold(
        care_type=names.care_type(row.care_type) if row.care_type else None,
        refusals=row.refusals,
        answers=row.answers,
        reasons=_counts(row.reasons, REASON_TEXTS),
        unsplit=row.unsplit,
    )


def waited(found: OfSupply, names: Names) -> list[WaitedTold]:
    """What takes longest beyond what was stated first."""
    return [
        WaitedTold(
            care_type=names.care_type(row.care_type),
            starts=row.starts,
            stated_days=row.stated,
            realised_days=row.realised,
        )
        for row in sorted(found.waits, key=lambda row: (-row.late_days, row.care_type))
    ]


def sizes(found: OfSupply) -> list[SizeTold]:
    return [
        SizeTold(
            code=row.size,
            name=SIZES[row.size],
            providers=row.providers,
            unasked=row.unasked,
            offers=ShareTold.of(row.offers),
            referrals=ShareTold.of(row.referrals),
        )
        for row in found.sizes
    ]


def places(found: OfSupply) -> list[PlacesTold]:
    return [
        PlacesTold(day=row.day, in_families=row.family, in_groups=row.group, unknown=row.unknown)
        for row in found.places
    ]


def step(row: StepTime) -> StepTold:
    return StepTold(
        route=row.route.value,
        step=row.step,
        step_name=STEPS_OF_ROUTES[row.step],
        task=CodeAndName(code=row.code, name=TASKS_OF_ROUTES[row.code]),
        actor=CodeAndName(code=row.actor.value, name=ACTORS[row.actor]),
        turns=row.turns,
        done=row.done,
        open=row.open,
        middle_days=row.middle_days,
        long_days=row.long_days,
        term_days=row.term_days,
        in_time=ShareTold.of(row.in_time),
    )


def escalated(found: OfCases) -> EscalationsTold:
    return EscalationsTold(
        registered=found.escalations.registered,
        outcomes=_counts(found.escalations.outcomes, CHOICES),
        causes=_counts(found.escalations.causes, CAUSES),
    )


def contacted(found: OfCases) -> ContactsTold:
    each = found.contacts
    return ContactsTold(failed=ShareTold.of(each.failed), repaired=each.repaired, middle_days=each.middle_days)


def came_of_age(found: OfCases) -> OfAgeTold:
    return OfAgeTold(stayed=ShareTold.of(found.of_age.stayed), arranged=found.of_age.arranged)


def _counts(counts: Mapping[str, int], names: Mapping[str, str]) -> list[CountOf]:
    """The most first; a code without a name of ours keeps its own."""
    ordered = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
    return [CountOf(code=code, name=names.get(code, code), count=count) for code, count in ordered]
