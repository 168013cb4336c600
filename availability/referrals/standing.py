"""How a referral stands: what the last event about it says. One table, and who may then do what."""

from enum import StrEnum

from matcher.case_events import EventKind


class Standing(StrEnum):
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
    LAPSED = "lapsed"
    """The case is over, or has found its place elsewhere."""
    ENDED = "ended"


STANDINGS: dict[EventKind, Standing] = {
    EventKind.REFERRAL_SENT: Standing.OPEN,
    EventKind.NETWORK_ASKED: Standing.OPEN,
    EventKind.REFERRAL_QUESTION_ASKED: Standing.QUESTION,
    EventKind.REFERRAL_QUESTION_ANSWERED: Standing.OPEN,
    EventKind.NETWORK_PROPOSED: Standing.PROPOSED,
    EventKind.REFERRAL_ACCEPTED: Standing.ACCEPTED,
    EventKind.NETWORK_CONFIRMED: Standing.ACCEPTED,
    EventKind.START_JUDGED: Standing.ACCEPTED,
    EventKind.REFERRAL_REFUSED: Standing.REFUSED,
    EventKind.NETWORK_DECLINED: Standing.REFUSED,
    EventKind.NO_ANSWER: Standing.NO_ANSWER,
    EventKind.ACCEPTANCE_WITHDRAWN: Standing.ACCEPTANCE_WITHDRAWN,
    EventKind.REFERRAL_WITHDRAWN: Standing.WITHDRAWN,
    EventKind.STARTED: Standing.STARTED,
    EventKind.ENDED: Standing.ENDED,
}
"""The events that decide how a referral stands; others about it leave that as it is. A start that was judged not timely
makes it TOO_LATE."""

RUNNING = frozenset({Standing.OPEN, Standing.QUESTION, Standing.PROPOSED, Standing.ACCEPTED})
"""Something may still come of it: a second referral beside it is a duplicate."""

AWAITED = frozenset({Standing.OPEN, Standing.QUESTION})
"""The provider's answer is due."""

WAITING = AWAITED | {Standing.PROPOSED}
"""Somebody must do something now: the provider, or the worker."""

ANSWERABLE = frozenset({Standing.OPEN, Standing.QUESTION, Standing.NO_ANSWER})
"""The provider may still answer, late as it may be."""

WITHDRAWABLE = frozenset({*ANSWERABLE, Standing.PROPOSED, Standing.ACCEPTED})

SEES_THE_FORM = frozenset({*ANSWERABLE, Standing.PROPOSED, Standing.ACCEPTED, Standing.STARTED})
"""After that, what was told of the child is no longer the provider's to see."""

LAPSES = frozenset({*ANSWERABLE, Standing.PROPOSED})
"""What is over when the case no longer searches."""

UNCHOSEN = frozenset({Standing.WITHDRAWN})
"""What it also is called when another of the same network was confirmed."""
