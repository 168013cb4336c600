"""How a referral stands: what the last event about it says. One table, and who may then do what."""

from enum import StrEnum

from matcher.case_events import EventKind


class Stand(StrEnum):
    """From sent to over."""

    OPEN = "open"
    """The provider must answer."""
    QUESTION = "question"
    """The provider asked something; the worker must answer."""
    PROPOSED = "proposed"
    """A member of the network offers to give the care; the worker must choose."""
    ACCEPTED = "accepted"
    TOO_LATE = "too-late"
    """Accepted with a start that the worker judged not timely: a refusal too."""
    STARTED = "started"
    REFUSED = "refused"
    NO_ANSWER = "no-answer"
    """Noted by the worker after the term. An answer may still come."""
    ACCEPTANCE_WITHDRAWN = "acceptance-withdrawn"
    WITHDRAWN = "withdrawn"
    NOT_CHOSEN = "not-chosen"
    """Another of the network was confirmed."""
    PLACE_FOUND = "place-found"
    """Another provider keeps a place: no answer is needed, unless that comes to nothing."""
    LAPSED = "lapsed"
    """The case is over, or has found its place elsewhere."""
    ENDED = "ended"


STANDINGS: dict[EventKind, Stand] = {
    EventKind.REFERRAL_SENT: Stand.OPEN,
    EventKind.NETWORK_ASKED: Stand.OPEN,
    EventKind.REFERRAL_QUESTION_ASKED: Stand.QUESTION,
    EventKind.REFERRAL_QUESTION_ANSWERED: Stand.OPEN,
    EventKind.NETWORK_PROPOSED: Stand.PROPOSED,
    EventKind.REFERRAL_ACCEPTED: Stand.ACCEPTED,
    EventKind.NETWORK_CONFIRMED: Stand.ACCEPTED,
    EventKind.START_JUDGED: Stand.ACCEPTED,
    EventKind.REFERRAL_REFUSED: Stand.REFUSED,
    EventKind.NETWORK_DECLINED: Stand.REFUSED,
    EventKind.NO_ANSWER: Stand.NO_ANSWER,
    EventKind.ACCEPTANCE_WITHDRAWN: Stand.ACCEPTANCE_WITHDRAWN,
    EventKind.REFERRAL_WITHDRAWN: Stand.WITHDRAWN,
    EventKind.STARTED: Stand.STARTED,
    EventKind.ENDED: Stand.ENDED,
}
"""The events that decide how a referral stands; others about it leave that as it is. A start that was judged not timely
makes it TOO_LATE."""

RUNNING = frozenset({Stand.OPEN, Stand.QUESTION, Stand.PROPOSED, Stand.PLACE_FOUND, Stand.ACCEPTED})
"""Something may still come of it: a second referral beside it is a duplicate."""

AWAITED = frozenset({Stand.OPEN, Stand.QUESTION})
"""The provider's answer is due."""

WAITING = AWAITED | {Stand.PROPOSED}
"""Somebody must do something now: the provider, or the worker."""

ANSWERABLE = frozenset({Stand.OPEN, Stand.QUESTION, Stand.NO_ANSWER})
"""The provider may still answer, late as it may be."""

WITHDRAWABLE = frozenset({*ANSWERABLE, Stand.PROPOSED, Stand.PLACE_FOUND, Stand.ACCEPTED})

SEES_THE_FORM = frozenset({*ANSWERABLE, Stand.PROPOSED, Stand.ACCEPTED, Stand.STARTED})
"""After that, what was told of the child is no longer the provider's to see."""

LAPSES = frozenset({*ANSWERABLE, Stand.PROPOSED})
"""What is over when the case no longer searches."""

UNCHOSEN = frozenset({Stand.WITHDRAWN})
"""What it also is called when another of the same network was confirmed."""
