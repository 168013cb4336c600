"""When each kind of event may be recorded: one row of gates per kind, each a rule that can say why not."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from matcher.approaches import RET, Asked, places_of
from matcher.case_events import Event, EventKind, Route
from matcher.case_forms import day_in
from matcher.case_history import History
from matcher.duties import Mark
from matcher.escalation import cooperation_refusal
from matcher.tasks import Reading, Task

E = EventKind


@dataclass(frozen=True, slots=True)
class Desk:
    """All that the judging of a new event looks at."""

    reading: Reading
    tasks: tuple[Task, ...]
    asked: Asked
    recorded: tuple[Event, ...]
    """Every event as it was recorded, corrections included."""
    today: date

    @property
    def history(self) -> History:
        return self.reading.history

    def open_tasks(self, *codes: str) -> list[Task]:
        return [task for task in self.tasks if task.code in codes]

    def earlier(self, new: Event, *moments: EventKind | Mark) -> list[Event]:
        """Those on its day or before."""
        return [event for event in self.reading.events(*moments) if event.occurred <= new.occurred]

    def of_referral(self, new: Event, *moments: EventKind | Mark) -> list[Event]:
        return [event for event in self.reading.events(*moments) if event.referral == new.referral]


REFERRAL, PARTY, EVENT = ("referral",), ("referral", "party"), ("event",)

Gate = Callable[[Desk, Event], str | None]


def only_while(code: str, *tasks: str, same: tuple[str, ...] = ()) -> Gate:
    """Only while one of these tasks is open, about the same referral, party or event."""

    def gate(desk: Desk, new: Event) -> str | None:
        open_now = desk.open_tasks(*tasks)
        return None if any(_is_about(task, new, same) for task in open_now) else code

    return gate


def _is_about(task: Task, new: Event, same: Iterable[str]) -> bool:
    said = {
        "referral": (task.referral, new.referral),
        "party": (task.party, new.party),
        "event": (task.event, new.refers_to),
    }
    return all(said[name][0] == said[name][1] for name in same)


def not_while(code: str, *tasks: str) -> Gate:
    return lambda desk, _: code if desk.open_tasks(*tasks) else None


def only_on(route: Route) -> Gate:
    return lambda desk, _: None if desk.history.route is route else "other-route"


def _once_opened(desk: Desk, _: Event) -> str | None:
    return "opened-already" if any(event.kind is E.OPENED and event.id for event in desk.history.standing) else None


def _new_referral(desk: Desk, new: Event) -> str | None:
    return "referral-known" if desk.of_referral(new, E.REFERRAL_SENT, E.NETWORK_ASKED) else None


def _network_referral(desk: Desk, new: Event) -> str | None:
    return "referral-known" if desk.of_referral(new, E.REFERRAL_SENT) else None


def _determined(desk: Desk, new: Event) -> str | None:
    """A general provision needs no determination."""
    return None if new.values.get("general") or desk.earlier(new, E.DETERMINED) else "not-determined"


def _consulted(desk: Desk, new: Event) -> str | None:
    """Non-contracted care needs the official's yes before; it blocks this referral, not the search."""
    if not new.values.get("nonContracted"):
        return None
    asked = {
        event.id for event in desk.reading.events(E.OFFICIAL_ASKED)
        if event.values["question"] == "non-contracted" and event.party in {None, new.party}
    }  # fmt: skip
    decided = (event for event in desk.reading.events(E.OFFICIAL_DECIDED) if event.refers_to in asked)
    return None if any(event.values["approved"] for event in decided) else "not-consulted"


def _is_running(desk: Desk, new: Event) -> str | None:
    over = (E.REFERRAL_REFUSED, E.REFERRAL_WITHDRAWN, E.ACCEPTANCE_WITHDRAWN, Mark.JUDGED_LATE)
    return "referral-over" if desk.of_referral(new, *over) else None


def _is_unanswered(desk: Desk, new: Event) -> str | None:
    return "answered-already" if desk.of_referral(new, E.REFERRAL_ACCEPTED) else None


def _term_passed(desk: Desk, new: Event) -> str | None:
    """No answer is only no answer once the term for it has passed."""
    tasks = desk.open_tasks("answer-referral", "answer-network")
    due = [task.due for task in tasks if (task.referral, task.party) == (new.referral, new.party)]
    if not due:
        return "answered-already"
    return "term-runs" if new.occurred <= min(due) else None


def _not_allocated(desk: Desk, new: Event) -> str | None:
    return "allocated-already" if desk.of_referral(new, E.ALLOCATION_SENT) else None


def _in_step_5(desk: Desk, new: Event) -> str | None:
    return None if desk.earlier(new, Mark.STEP_5_OPENED) else "step-5-closed"


def _not_yet_asked(desk: Desk, new: Event) -> str | None:
    return "asked-already" if ("network", new.referral, new.party) in desk.asked else None


def no_other_place(code: str) -> Gate:
    """Accepting and confirming are the atomic moment: one place for one child, and the first stands."""
    return lambda desk, _: code if places_of(desk.history, desk.asked) else None


def _is_proposed(desk: Desk, new: Event) -> str | None:
    return (
        "answered-already"
        if any(_is_about(task, new, ("referral", "party")) for task in desk.open_tasks("confirm-proposal"))
        else None
    )


def _network_is_open(desk: Desk, new: Event) -> str | None:
    over = desk.of_referral(new, E.NETWORK_CONFIRMED, E.REFERRAL_WITHDRAWN)
    return "network-closed" if over else None


def _not_at_ret(desk: Desk, _: Event) -> str | None:
    return "ret-runs" if RET in desk.asked else None


def _at_ret(desk: Desk, _: Event) -> str | None:
    return None if RET in desk.asked else "not-at-ret"


def _second_tried(desk: Desk, new: Event) -> str | None:
    return None if new.values["secondTried"] else "second-not-tried"


def _talk_is_late(desk: Desk, new: Event) -> str | None:
    due = [task.due for task in desk.open_tasks("talk-with-local-team")]
    if not due:
        return "talked-already"
    return "term-runs" if new.occurred <= min(due) else None


def _step_is_open(desk: Desk, new: Event) -> str | None:
    step = new.values["step"]
    if step == "3" and any(approach[0] == "referral" for approach in desk.asked):
        return "referral-runs"
    return None if any(task.step == step for task in desk.tasks) else "step-not-open"


def _changes_route(desk: Desk, new: Event) -> str | None:
    return "no-change" if new.values["route"] == desk.history.route else None


def _changes_municipality(desk: Desk, new: Event) -> str | None:
    return "no-change" if new.values["municipality"] == desk.history.municipality else None


def _after_today(name: str) -> Gate:
    def gate(desk: Desk, new: Event) -> str | None:
        day = day_in(new, name)
        return "day-not-ahead" if day is not None and day <= new.occurred else None

    return gate


def _cooperation(desk: Desk, new: Event) -> str | None:
    return cooperation_refusal(new, desk.history.standing)


GATES: dict[EventKind, tuple[Gate, ...]] = {
    E.OPENED: (_once_opened,),
    E.REFERRAL_SENT: (_new_referral, no_other_place("place-found"), _determined, _consulted),
    E.REFERRAL_QUESTION_ASKED: (_is_running, _is_unanswered),
    E.REFERRAL_QUESTION_ANSWERED: (only_while("nothing-open", "answer-question", same=REFERRAL),),
    E.REFERRAL_ACCEPTED: (_is_running, _is_unanswered, no_other_place("place-promised")),
    E.START_JUDGED: (only_while("nothing-open", "judge-start", same=REFERRAL),),
    E.REFERRAL_REFUSED: (_is_running, _is_unanswered),
    E.NO_ANSWER: (_term_passed,),
    E.ACCEPTANCE_WITHDRAWN: (_is_running,),
    E.REFERRAL_WITHDRAWN: (_is_running,),
    E.ALLOCATION_REQUESTED: (
        only_on(Route.PROVIDER), only_while("nothing-open", "request-allocation", "request-again", same=REFERRAL),
    ),
    E.REQUEST_ACKNOWLEDGED: (only_while("nothing-open", "acknowledge-request", same=REFERRAL),),
    E.ALLOCATION_SENT: (_is_running, _not_allocated),
    E.ALLOCATION_ACKNOWLEDGED: (only_while("nothing-open", "acknowledge-allocation", same=REFERRAL),),
    E.NETWORK_ASKED: (_in_step_5, no_other_place("place-found"), _network_referral, _not_yet_asked, _network_is_open),
    E.NETWORK_PROPOSED: (_network_is_open, _is_proposed),
    E.NETWORK_DECLINED: (
        _network_is_open, only_while("answered-already", "answer-network", "confirm-proposal", same=PARTY),
    ),
    E.NETWORK_CONFIRMED: (no_other_place("place-found"), only_while("nothing-open", "confirm-proposal", same=PARTY)),
    E.RET_REGISTERED: (_in_step_5, _not_at_ret),
    E.RET_DISCUSSED: (_at_ret,),
    E.RET_PROVIDER_ASKED: (_at_ret,),
    E.RET_BOEG_INVOLVED: (_at_ret,),
    E.RET_OUTCOME: (_at_ret,),
    E.ESCALATION_REPORTED: (only_while("nothing-open", "report-escalation"),),
    E.ESCALATION_ANALYSED: (only_while("nothing-open", "analyse-escalation"),),
    E.ESCALATION_DECIDED: (only_while("nothing-open", "decide-escalation"),),
    E.ESCALATION_TALKED: (only_while("nothing-open", "talk-escalation"),),
    E.ROUTE_CHANGED: (_changes_route,),
    E.MUNICIPALITY_CHANGED: (_changes_municipality,),
    E.STEP_SKIPPED: (_step_is_open,),
    E.CONTACT_FAILED: (_second_tried, _talk_is_late, not_while("contact-asked-already", "make-contact")),
    E.CONTACT_MADE: (only_while("nothing-open", "make-contact"),),
    E.BROKER_ASKED: (not_while("broker-asked-already", "answer-broker"),),
    E.BROKER_ANSWERED: (only_while("nothing-open", "answer-broker"),),
    E.OFFICIAL_DECIDED: (only_while("nothing-open", "decide-question", same=EVENT),),
    E.COOPERATION_RAISED: (_cooperation,),
    E.COOPERATION_TALKED: (
        only_while(
            "nothing-open", "talk-among-scientists", "talk-among-managers", "talk-among-executives", same=EVENT
        ),
    ),
    E.CRISIS_REPORTED: (not_while("crisis-runs", "arrange-crisis-help"),),
    E.CRISIS_ENDED: (only_while("nothing-open", "arrange-crisis-help"),),
    E.WORRY_MARKED: (not_while("marked-already", "review-worry"), _after_today("reviewOn")),
    E.WORRY_REVIEWED: (only_while("nothing-open", "review-worry"), _after_today("reviewOn")),
    E.WORRY_LIFTED: (only_while("nothing-open", "review-worry"),),
    E.EVALUATION_HELD: (only_while("nothing-open", "hold-evaluation", same=EVENT),),
}  # fmt: skip
"""A kind that is not here has no gate of its own."""
