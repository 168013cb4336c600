"""Where the type of a problem leads: what it means and what to do, for people and for machines.

Nobody keeps a list: every refusal of the code that has a code of its own is a type, with its title and its advice.
"""

from collections.abc import Iterator
from html import escape
from typing import Annotated, Any, Self

from fastapi import APIRouter, Path, Request, Response

from availability.messages import Message, Page
from availability.problems import TYPE, status_of
from availability.refusals import NotFound, Refusal

router = APIRouter(tags=["beheer"])


Kind = type[Refusal]


class ProblemType(Message):
    """One kind of problem."""

    type: str
    """As it stands in a problem+json."""
    code: str
    status: int
    title: str
    advice: str
    """What to do."""

    @classmethod
    def of(cls, refusal: Kind) -> Self:
        return cls(
            type=TYPE + refusal.code,
            code=refusal.code,
            status=status_of(refusal),
            title=refusal.title,
            advice=refusal.advice,
        )


def refusals_of(family: Kind = Refusal) -> Iterator[Kind]:
    """Every refusal there is, the families before their kin."""
    for each in family.__subclasses__():
        yield each
        yield from refusals_of(each)


def problem_types() -> dict[str, ProblemType]:
    """By code. Where two refusals share one, the first says what it is: a client cannot tell them apart."""
    found: dict[str, ProblemType] = {}
    for refusal in refusals_of():
        if refusal.code != Refusal.code:
            found.setdefault(refusal.code, ProblemType.of(refusal))
    return dict(sorted(found.items()))


@router.get("/problems", summary="Alle soorten problemen, met wat u kunt doen")
async def list_problem_types() -> Page[ProblemType]:
    return Page(items=list(problem_types().values()))


Code = Annotated[str, Path(max_length=100, description="Het laatste deel van type.")]
_PAGE_TOO: dict[int | str, dict[str, Any]] = {
    200: {"description": "Wat het is en wat u kunt doen.", "content": {"text/html": {"schema": {"type": "string"}}}}
}


@router.get(
    "/problems/{code}",
    summary="Eén soort probleem: JSON, of een pagina (Accept: text/html)",
    response_model=ProblemType,
    responses=_PAGE_TOO,
)
async def get_problem_type(request: Request, code: Code) -> Response | ProblemType:
    found = problem_types().get(code)
    if found is None:
        raise NotFound("Deze soort problemen kennen wij niet.")
    if request.headers.get("accept", "").lower().startswith("text/html"):
        return Response(_page(found), media_type="text/html")
    return found


def _page(problem: ProblemType) -> str:
    title, advice = escape(problem.title), escape(problem.advice)
    return (
        f'<!doctype html><html lang="nl"><meta charset="utf-8"><title>{title}</title><main><h1>{title}</h1>'
        f"<p>{advice}</p><dl><dt>Status</dt><dd>{problem.status}</dd><dt>Code</dt><dd>{problem.code}</dd></dl></main></html>"
    )
