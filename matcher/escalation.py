"""The escalation model for stagnating cooperation: three triggers, three levels, and who may open which.

It is not a step of the routes and not the way to a place: for that there is the regional expert team. The family is
told beforehand, or it can be explained afterwards. The sources give no terms; five working days a level is our
assumption, after the week that step 6 has.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.case_events import Actor, Event, EventKind
from matcher.duties import Duty, Mark, Per, working_days

E = EventKind


@dataclass(frozen=True, slots=True)
class Level:
    """Who talk at a level, who may open it, and for what."""

    among: str
    opened_by: tuple[str, ...]
    triggers: tuple[str, ...]
    last_resort: bool = False
    """Only where policy falls short or an earlier level failed."""


EVERY_TRIGGER = ("difference-of-view", "agreements-not-kept", "negligent-conduct")

LEVELS = {
    1: Level("behavioural-scientists", ("professional",), ("difference-of-view",)),
    2: Level("managers", ("professional", "behavioural-scientist"), EVERY_TRIGGER),
    3: Level("executives-and-aldermen", ("manager", "director"), EVERY_TRIGGER, last_resort=True),
}

ESCALATION_DUTIES = (
    Duty(
        "talk-among-scientists", "cooperation", Actor.WORKER, (Mark.RAISED_1,), (E.COOPERATION_TALKED,),
        (working_days(5),), per=Per.EVENT, assumed=True,
    ),
    Duty(
        "talk-among-managers", "cooperation", Actor.TEAM_LEADER, (Mark.RAISED_2,), (E.COOPERATION_TALKED,),
        (working_days(5),), per=Per.EVENT, assumed=True,
    ),
    Duty(
        "talk-among-executives", "cooperation", Actor.TEAM_LEADER, (Mark.RAISED_3,), (E.COOPERATION_TALKED,),
        (working_days(5),), per=Per.EVENT, assumed=True,
    ),
)  # fmt: skip


def cooperation_refusal(new: Event, earlier: Sequence[Event]) -> str | None:
    """Why a level may not be opened now, as a code; None when it may."""
    level = LEVELS.get(int(new.values["level"]))
    if level is None:
        return "unknown-level"
    if new.values["trigger"] not in level.triggers:
        return "level-not-for-trigger"
    if new.values["openedBy"] not in level.opened_by:
        return "level-not-opened-by"
    if level.last_resort and not (new.values.get("policyFallsShort") or _failed(new, earlier)):
        return "level-too-early"
    if not (new.values["familyTold"] or new.values.get("explained")):
        return "family-not-told"
    return None


def _failed(new: Event, earlier: Sequence[Event]) -> bool:
    """Every earlier level that this trigger has was talked through without a way out."""
    raised = {event.id: event.values["level"] for event in earlier if event.kind is E.COOPERATION_RAISED}
    talks = [event for event in earlier if event.kind is E.COOPERATION_TALKED and event.refers_to in raised]
    failed = {raised[event.refers_to] for event in talks if event.refers_to is not None and not event.values["settled"]}
    below = {number for number, level in LEVELS.items() if number < int(new.values["level"])}
    return {number for number in below if new.values["trigger"] in LEVELS[number].triggers} <= failed
