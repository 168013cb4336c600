"""What may be said in words with an event, per kind: one table. Codes, days and numbers are `matcher.case_forms`' own.

Every text is refused when it names a person in a way that can be recognised.
"""

from collections.abc import Mapping
from typing import Annotated

from pydantic import AfterValidator, StringConstraints

from availability.messages import Text
from availability.personal_data import without_personal_data
from matcher.case_events import EventKind as E

Note = Annotated[
    Text, StringConstraints(min_length=1, pattern=r"^[^\x00]*[^\x00\s][^\x00]*$"), AfterValidator(without_personal_data)
]
"""A pattern replaces that of `Text`, so it says both: something to read, and nothing that PostgreSQL cannot keep."""

MUST, MAY = True, False

NOTES: Mapping[E, Mapping[str, bool]] = {
    E.INTENTION_RECORDED: {"intention": MAY},
    E.TALKED_WITH_LOCAL_TEAM: {"agreed": MAY},
    E.TALKED_WITH_PROVIDER: {"agreed": MAY},
    E.DETERMINED: {"volume": MAY, "explanation": MAY},
    E.START_JUDGED: {"explanation": MAY},
    E.RET_TALKED_BEFORE: {"advice": MAY},
    E.RET_DISCUSSED: {"advice": MAY},
    E.RET_PROVIDER_ASKED: {"asked": MAY},
    E.RET_BOEG_INVOLVED: {"expertise": MAY},
    E.RET_OUTCOME: {"solution": MAY, "learned": MAY},
    E.ESCALATION_REPORTED: {"situation": MUST},
    E.ESCALATION_ANALYSED: {"analysis": MUST},
    E.ESCALATION_DECIDED: {"explanation": MAY},
    E.ESCALATION_TALKED: {"agreed": MAY},
    E.ENDED: {"explanation": MAY},
    E.WITHDRAWN: {"explanation": MAY},
    E.REOPENED: {"explanation": MAY},
    E.ROUTE_CHANGED: {"explanation": MAY},
    E.MUNICIPALITY_CHANGED: {"explanation": MAY},
    E.STEP_SKIPPED: {"explanation": MUST},
    E.CORRECTED: {"explanation": MAY},
    E.CONTACT_FAILED: {"tried": MUST},
    E.CONTACT_MADE: {"agreed": MAY},
    E.BROKER_ASKED: {"question": MUST},
    E.BROKER_ANSWERED: {"proposal": MUST},
    E.OFFICIAL_ASKED: {"question": MUST},
    E.OFFICIAL_DECIDED: {"decision": MUST},
    E.COOPERATION_RAISED: {"situation": MUST, "whyFamilyNotTold": MAY},
    E.COOPERATION_TALKED: {"agreed": MAY, "minutes": MAY},
    E.CRISIS_REPORTED: {"situation": MAY},
    E.DIRECT_PLACEMENT: {"explanation": MAY},
    E.WORRY_MARKED: {"situation": MAY, "reviewer": MUST, "bridgingHelp": MUST},
    E.WORRY_REVIEWED: {"situation": MAY, "reviewer": MUST, "bridgingHelp": MUST},
    E.WORRY_LIFTED: {"explanation": MAY},
    E.EVALUATION_AGREED: {"subject": MAY},
    E.EVALUATION_HELD: {"outcome": MAY},
    E.PERSPECTIVE_PLAN_MADE: {"explanation": MAY},
    E.ADULT_CARE_ARRANGED: {"explanation": MAY},
}
"""Text by name, and whether the event cannot do without. `reviewer` is a function: gedragswetenschapper, teamleider."""
