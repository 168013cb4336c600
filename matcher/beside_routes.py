"""What runs beside the routes: a desk that cannot be reached, the care broker, questions to an official, crisis, worry.

None of it moves a case along its route, and none of it waits for the route.
"""

from matcher.case_events import Actor, EventKind
from matcher.duties import Duty, Mark, Per, Term, Unit, on_the_day, working_days

E = EventKind

AT_ONCE = Term(0, Unit.AT_ONCE)

BESIDE_DUTIES = (
    Duty(
        "make-contact", "beside", Actor.REGIONAL_CONTACT, (E.CONTACT_FAILED,),
        (E.CONTACT_MADE, E.TALKED_WITH_LOCAL_TEAM), (working_days(3),), again=True, assumed=True,
    ),
    Duty(
        "answer-broker", "beside", Actor.BROKER, (Mark.BROKER_ASKED,), (E.BROKER_ANSWERED,), (working_days(3),),
        again=True,
    ),
    Duty(
        "answer-broker", "beside", Actor.BROKER, (Mark.BROKER_ASKED_URGENTLY,), (E.BROKER_ANSWERED,), (AT_ONCE,),
        again=True,
    ),
    Duty(
        "decide-question", "beside", Actor.OFFICIAL, (E.OFFICIAL_ASKED,), (E.OFFICIAL_DECIDED,), (working_days(5),),
        per=Per.EVENT, assumed=True,
    ),
    Duty(
        "arrange-crisis-help", "beside", Actor.WORKER, (E.CRISIS_REPORTED,), (E.CRISIS_ENDED, E.DIRECT_PLACEMENT),
        (AT_ONCE,), again=True,
    ),
    Duty(
        "review-worry", "beside", Actor.WORKER, (E.WORRY_MARKED, E.WORRY_REVIEWED), (E.WORRY_LIFTED, E.WORRY_REVIEWED),
        (on_the_day("reviewOn"),), again=True,
    ),
)  # fmt: skip
