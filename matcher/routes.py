"""The two enrolment routes as a table: a row for everything that somebody must do, in the order of the steps.

The sources are the regional vision's routes 301 and 315 and the readings of them that the project settled. A row marked
`assumed` has a term that they do not give: a task without a term would be nobody's.
"""

from matcher.case_events import Actor, EventKind, Route
from matcher.case_forms import Phase
from matcher.duties import Duty, Mark, Per, Term, Unit, weeks, working_days

E = EventKind
ACCESS, PROVIDER = (Route.ACCESS,), (Route.PROVIDER,)

ASKING_ENDED = (E.REFERRAL_REFUSED, E.NO_ANSWER, E.ACCEPTANCE_WITHDRAWN, E.REFERRAL_WITHDRAWN, Mark.JUDGED_LATE)
"""What ends the asking of one provider."""

OVERALL = {
    Route.ACCESS: Term(3, Unit.WEEKS, Mark.CONTACTED, firm=True),
    Route.PROVIDER: Term(2, Unit.WEEKS, Mark.CONTACTED, firm=True),
}
"""Until it must be clear who helps. From the day on which step 1 was really done, even if late."""

CONTRACTED = Term(0, Unit.WORKING_DAYS, counted_by="answerDays")
"""A contract may shorten the term for an answer, never lengthen it: the earliest term holds."""

STEP_1 = (
    Duty(
        "talk-with-local-team", "1", Actor.WORKER, (Mark.INTENDED,), (E.TALKED_WITH_LOCAL_TEAM,), (working_days(3),),
        routes=ACCESS, skippable=True,
    ),
    Duty(
        "talk-with-local-team", "1", Actor.WORKER, (Mark.INTENDED,), (E.TALKED_WITH_LOCAL_TEAM,), (working_days(5),),
        routes=PROVIDER, skippable=True,
    ),
    Duty(
        "talk-with-provider", "1", Actor.WORKER, (Mark.INTENDED,), (E.TALKED_WITH_PROVIDER,), (working_days(5),),
        routes=PROVIDER, skippable=True,
    ),
)  # fmt: skip

STEPS_2_AND_3 = (
    Duty(
        "determine", "2", Actor.WORKER, (Mark.CONTACTED,), (E.DETERMINED, Mark.GENERAL_APPROACH), (working_days(5),),
        overall=True, skippable=True, assumed=True,
    ),
    Duty(
        "send-determination", "3", Actor.WORKER, (Mark.READY_TO_SEND,), (E.DETERMINATION_SENT, Mark.GENERAL_APPROACH),
        (working_days(5, Mark.CONTACTED),), overall=True, skippable=True,
    ),
    Duty(
        "send-referral", "3", Actor.WORKER, (Mark.READY_TO_SEND,), (E.REFERRAL_SENT,),
        (working_days(5, Mark.CONTACTED),), overall=True, skippable=True,
    ),
)  # fmt: skip

ANSWERS = (
    Duty(
        "answer-referral", "4", Actor.PROVIDER, (Mark.FIRST_APPROACH,), (E.REFERRAL_ACCEPTED, *ASKING_ENDED),
        (working_days(5, E.ALLOCATION_SENT), CONTRACTED, OVERALL[Route.ACCESS]), weeks(3),
        ends=(Mark.PLACE_STANDS,), per=Per.REFERRAL, overall=True, routes=ACCESS,
    ),
    Duty(
        "answer-referral", "3", Actor.PROVIDER, (Mark.FIRST_APPROACH,),
        (E.REFERRAL_ACCEPTED, *ASKING_ENDED),
        (CONTRACTED, OVERALL[Route.PROVIDER]), weeks(2), ends=(Mark.PLACE_STANDS,), per=Per.REFERRAL, overall=True,
        routes=PROVIDER,
    ),
    Duty(
        "answer-referral", "5", Actor.PROVIDER, (Mark.LATER_APPROACH,),
        (E.REFERRAL_ACCEPTED, *ASKING_ENDED),
        (working_days(5), CONTRACTED),
        ends=(Mark.PLACE_STANDS,), per=Per.REFERRAL, assumed=True,
    ),
    Duty(
        "answer-question", "3", Actor.WORKER, (E.REFERRAL_QUESTION_ASKED,),
        (E.REFERRAL_QUESTION_ANSWERED, E.REFERRAL_ACCEPTED, *ASKING_ENDED), (working_days(2),),
        ends=(Mark.PLACE_STANDS,), per=Per.REFERRAL, again=True, overall=True, assumed=True,
    ),
    Duty(
        "judge-start", "3", Actor.WORKER, (Mark.LATE_START,),
        (E.START_JUDGED, E.ACCEPTANCE_WITHDRAWN, E.REFERRAL_WITHDRAWN), (working_days(3),),
        per=Per.REFERRAL, overall=True, assumed=True,
    ),
)  # fmt: skip

STEP_4 = (
    Duty(
        "send-allocation", "4", Actor.BACK_OFFICE, (Mark.RECEIVED,),
        (E.ALLOCATION_SENT, Mark.STEP_5_OPENED, Mark.GENERAL_APPROACH), (working_days(5),),
        overall=True, skippable=True, routes=ACCESS,
    ),
    Duty(
        "send-allocation", "5", Actor.BACK_OFFICE, (Mark.NEEDS_ALLOCATION,), (E.ALLOCATION_SENT, *ASKING_ENDED),
        (working_days(5),), per=Per.REFERRAL, again=True, routes=ACCESS,
    ),
    Duty(
        "request-allocation", "4", Actor.PROVIDER, (Mark.NEEDS_REQUEST,),
        (E.ALLOCATION_REQUESTED, E.ALLOCATION_SENT, *ASKING_ENDED), (working_days(5),),
        per=Per.REFERRAL, again=True, skippable=True, routes=PROVIDER,
    ),
    Duty(
        "request-again", "4", Actor.PROVIDER, (Mark.REQUEST_WRONG,),
        (E.ALLOCATION_REQUESTED, E.ALLOCATION_SENT, *ASKING_ENDED), (working_days(5),),
        per=Per.REFERRAL, again=True, skippable=True, routes=PROVIDER, assumed=True,
    ),
    Duty(
        "acknowledge-request", "4", Actor.BACK_OFFICE, (E.ALLOCATION_REQUESTED,),
        (E.REQUEST_ACKNOWLEDGED, E.ALLOCATION_SENT, *ASKING_ENDED), (working_days(3),),
        per=Per.REFERRAL, again=True, skippable=True, routes=PROVIDER,
    ),
    Duty(
        "send-allocation", "4", Actor.BACK_OFFICE, (E.ALLOCATION_REQUESTED,),
        (E.ALLOCATION_SENT, Mark.REQUEST_WRONG, *ASKING_ENDED), (working_days(5),),
        per=Per.REFERRAL, again=True, skippable=True, routes=PROVIDER,
    ),
    Duty(
        "acknowledge-allocation", "4", Actor.PROVIDER, (E.ALLOCATION_SENT,), (E.ALLOCATION_ACKNOWLEDGED, *ASKING_ENDED),
        (working_days(3),), per=Per.REFERRAL, skippable=True,
    ),
)  # fmt: skip

STEP_5 = (
    Duty(
        "choose-next-step", "5", Actor.WORKER, (Mark.STUCK,), (E.REFERRAL_SENT, E.NETWORK_ASKED, E.RET_REGISTERED),
        (working_days(3),), again=True, assumed=True,
    ),
    Duty(
        "answer-network", "5A", Actor.NETWORK, (E.NETWORK_ASKED,),
        (E.NETWORK_PROPOSED, E.NETWORK_DECLINED, E.NO_ANSWER, E.REFERRAL_WITHDRAWN), (working_days(5),),
        ends=(E.NETWORK_CONFIRMED, Mark.PLACE_STANDS), per=Per.PARTY, again=True, skippable=True, assumed=True,
    ),
    Duty(
        "confirm-proposal", "5A", Actor.WORKER, (E.NETWORK_PROPOSED,),
        (E.NETWORK_CONFIRMED, E.NETWORK_DECLINED, E.REFERRAL_WITHDRAWN), (working_days(3),),
        ends=(E.NETWORK_CONFIRMED, Mark.PLACE_STANDS), per=Per.PARTY, again=True, skippable=True, assumed=True,
    ),
    Duty(
        "discuss-in-ret", "5B", Actor.RET, (E.RET_REGISTERED,), (E.RET_DISCUSSED, E.RET_OUTCOME), (weeks(2),),
        again=True, skippable=True,
    ),
    Duty(
        "conclude-in-ret", "5B", Actor.RET, (E.RET_DISCUSSED,), (E.RET_OUTCOME,), (weeks(2, E.RET_REGISTERED),),
        again=True, skippable=True,
    ),
    Duty(
        "support-breakthrough", "5B", Actor.PROVIDER, (E.RET_PROVIDER_ASKED,), (E.RET_OUTCOME,), (working_days(5),),
        again=True, skippable=True, per=Per.PARTY, assumed=True,
    ),
)  # fmt: skip

STEP_6 = (
    Duty(
        "report-escalation", "6", Actor.TEAM_LEADER, (Mark.NO_VIEW,), (E.ESCALATION_REPORTED,), (weeks(1),),
        again=True, skippable=True,
    ),
    Duty(
        "analyse-escalation", "6", Actor.REGIONAL_CONTACT, (E.ESCALATION_REPORTED,), (E.ESCALATION_ANALYSED,),
        (weeks(1, Mark.NO_VIEW),), again=True, skippable=True,
    ),
    Duty(
        "decide-escalation", "6", Actor.REGIONAL_CONTACT, (E.ESCALATION_ANALYSED,), (E.ESCALATION_DECIDED,),
        (weeks(1, Mark.NO_VIEW),), again=True, skippable=True,
    ),
    Duty(
        "talk-escalation", "6", Actor.REGIONAL_CONTACT, (Mark.ESCALATE,), (E.ESCALATION_TALKED,),
        (weeks(1, Mark.NO_VIEW),), again=True, skippable=True,
    ),
)  # fmt: skip

START_AND_END = (
    Duty(
        "report-start", "start", Actor.PROVIDER, (Mark.FOUND,), (E.STARTED, *ASKING_ENDED),
        (Term(5, value="startDate"),), per=Per.REFERRAL, again=True,
    ),
    Duty(
        "hold-evaluation", "help", Actor.WORKER, (E.EVALUATION_AGREED,), (E.EVALUATION_HELD,),
        (Term(0, Unit.ON_THE_DAY, value="on"),), per=Per.EVENT, phase=Phase.HELP,
    ),
    Duty(
        "report-end", "help", Actor.PROVIDER, (Mark.HELP_WITH_END,), (E.ENDED,),
        (Term(5, since=E.DETERMINED, value="until"),), phase=Phase.HELP,
    ),
)  # fmt: skip
"""305 and 307 within five working days (iJw 3.2)."""

ROUTE_DUTIES = (*STEP_1, *STEPS_2_AND_3, *ANSWERS, *STEP_4, *STEP_5, *STEP_6, *START_AND_END)
