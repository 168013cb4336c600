"""What a provider gets back, over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Depends

from availability.access.audit import record
from availability.access.identity import Caller
from availability.access.permissions import Action
from availability.access.whose import whose
from availability.clock import Today
from availability.database import InTransaction
from availability.description import refuses
from availability.vocabulary.lexicon import TheLexicon
from availability.waits.feedback import feedback_for
from availability.waits.messages import Feedback

router = APIRouter(tags=["aanbod"])

Whose = Annotated[str, Depends(whose(Action.SEE_FEEDBACK))]


@router.get(
    "/feedback",
    summary="Hoe uw aanbod in zoekvragen uitkomt, en uw opgaven naast de echte starts",
    responses=refuses(403),
)
def get_feedback(
    *, provider: Whose, caller: Caller, session: InTransaction, lexicon: TheLexicon, today: Today
) -> Feedback:
    found = feedback_for(session, provider, lexicon, today)
    record(session, caller, "see-feedback", "provider", provider)
    return found
