"""What the API says of itself: an OpenAPI document that keeps the Dutch API design rules (Logius, ADR 2.1).

FastAPI describes routes, parameters and answers; added here is what holds for every route, so that no endpoint has to
repeat it: the version header, the problems that can occur, the body that `Message.read` judges.
"""

import re
from typing import Any

from fastapi import APIRouter, FastAPI, Request, Response
from orjson import OPT_INDENT_2, OPT_SORT_KEYS, dumps, loads

from availability.edge import PREFIX
from availability.messages import REFERENCE, Problem
from availability.problems import PROBLEM_JSON

Document = dict[str, Any]

TAGS: dict[str, str] = {
    "toegang": "Wie u bent en wat u mag.",
    "kaart": "Jeugdregio's, gemeenten, postcodes en hun grenzen.",
    "woorden": "De gedeelde zorgvormen en kenmerken.",
    "aanbod": "Het aanbod van jeugdhulp en de plekken die er zijn.",
    "contracten": "Welk contract welke gemeente welke hulp geeft, en hoe een regio die hulp noemt.",
    "zoeken": "Welk aanbod past bij een vraag, in welke volgorde en waarom.",
    "casussen": "Een vraag om hulp die bewaard blijft.",
    "aanmeldingen": "Een casus bij een aanbod, het netwerk of het expertteam; opties en afwijzingen.",
    "contact": "Wie u belt: het contactregister van een jeugdregio.",
    "regio": "Hoe aanbod en wachttijden er in een regio voor staan.",
    "wachttijden": "Wat iedereen mag weten: wachttijden per gebied, met kleine aantallen verborgen.",
    "raad": "De cijfers voor de raad, voor iedereen, en de doelen die een regio daarbij stelt.",
    "meldingen": "Wat u moet weten: in de lijst, per e-mail, in uw agenda en in uw eigen systeem.",
    "beheer": "Of de dienst draait, en hoe u haar gebruikt.",
}

DESCRIPTION = """Vind een plek voor een kind in de jeugdhulp: wie heeft plek, is gecontracteerd, past, en hoe snel.

Fouten komen als `application/problem+json` (RFC 9457), met alle fouten in de invoer tegelijk. Lijsten zijn
`{"items": [...], "next": cursor of null}`. Wijzigen gaat met `ETag` en `If-Match`.
"""

PROBLEMS: dict[str, str] = {
    "400": "De invoer klopt niet.",
    "401": "Er is geen geldig toegangstoken.",
    "403": "Dit mag de aanvrager niet.",
    "404": "Dit bestaat niet, of is niet voor de aanvrager.",
    "405": "Dit kan niet op dit adres.",
    "409": "Dit botst met wat er al is.",
    "410": "Dit werkte, en werkt niet meer.",
    "412": "Iemand anders was eerder.",
    "413": "Het bericht is te groot.",
    "428": "De versie ontbreekt (If-Match).",
    "500": "Er ging iets mis bij de dienst.",
    "503": "De dienst is even niet beschikbaar.",
}

_EVERYWHERE = ("405", "500", "503")

_HEADERS: Document = {"API-Version": {"description": "De volledige versie van de API.", "schema": {"type": "string"}}}

_GENERIC_PAGE = re.compile(rb"Page_(\w+?)_(?=\")")
"""How pydantic names a page of something."""

_VERSION_HEADER: Document = {"API-Version": {"$ref": "#/components/headers/API-Version"}}


PUBLIC: Document = {"security": [{}, {"bearer": []}]}
"""Everybody may look; somebody with a token sees more (`openapi_extra=`)."""


def refuses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The problems a route can answer beside those that hold for every route of its kind (`responses=`)."""
    return {status: {"description": PROBLEMS[str(status)]} for status in statuses}


def contact(email: str) -> dict[str, str]:
    return {"name": "Beheer zorgbeschikbaarheid", "email": email, "url": "https://zorgbeschikbaarheid.example"}


def describe(app: FastAPI) -> Document:
    """The whole document, with addresses as seen from `servers`."""
    document: Document = loads(_GENERIC_PAGE.sub(rb"\1Page", dumps(app.openapi())))
    document["info"]["contact"] = contact(app.state.settings.contact_email)
    document["servers"] = [{"url": PREFIX}]
    components = document["components"]
    components["headers"] = _HEADERS
    components["responses"] = {f"Problem{status}": _problem_response(status) for status in PROBLEMS}
    schemas = components["schemas"]
    _share("Problem", Problem.model_json_schema(mode="serialization", ref_template=REFERENCE), schemas)
    for path, item in document["paths"].items():
        for method, operation in item.items():
            _complete(operation, method, path)
            _hoist_body(operation, schemas)
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    return document


def _problem_response(status: str) -> Document:
    content = {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": PROBLEMS[status], "headers": _VERSION_HEADER, "content": content}


def _complete(operation: Document, method: str, path: str) -> None:
    """Give every answer the version header, and name each problem this kind of operation can have."""
    responses = operation["responses"]
    responses.pop("422", None)
    for status in [*_problems_of(operation, method, path), *(each for each in responses if each in PROBLEMS)]:
        responses[status] = {"$ref": f"#/components/responses/Problem{status}"}
    for response in responses.values():
        if "$ref" not in response:
            response["headers"] = {**_VERSION_HEADER, **response.get("headers", {})}
    operation["responses"] = dict(sorted(responses.items()))


def _problems_of(operation: Document, method: str, path: str) -> list[str]:
    has = {
        "400": method != "get" or bool(operation.get("parameters")),
        "401": bool(operation.get("security")),
        "404": "{" in path,
        "413": "requestBody" in operation,
    }
    return [*_EVERYWHERE, *(status for status, can_occur in has.items() if can_occur)]


def _hoist_body(operation: Document, schemas: Document) -> None:
    """Move the schema of a body, and what it refers to, to the shared schemas."""
    for content in operation.get("requestBody", {}).get("content", {}).values():
        schema = content["schema"]
        if "title" in schema:
            content["schema"] = _share(schema["title"], schema, schemas)


class TwoMeanings(TypeError):
    """One name in the description for two things."""


def _share(name: str, schema: Document, schemas: Document) -> Document:
    """Put a schema among the shared ones, with what it defines inside; returns the reference to it.

    Raises TwoMeanings when a message of ours has that name already: readers would take the one for the other.
    """
    for each, meant in {**schema.pop("$defs", {}), name: schema}.items():
        if each in schemas and schemas[each].get("properties", {}).keys() != meant.get("properties", {}).keys():
            raise TwoMeanings(f"Two messages are called {each}: give one of them a name of its own.")
        schemas[each] = meant
    return {"$ref": REFERENCE.format(model=name)}


def written(document: Document) -> bytes:
    """The document as it is committed and served: the same bytes for the same API."""
    return dumps(document, option=OPT_INDENT_2 | OPT_SORT_KEYS) + b"\n"


router = APIRouter(tags=["beheer"])


@router.get(
    "/openapi.json",
    summary="Deze beschrijving",
    response_class=Response,
    name="openapi",
    responses={
        200: {
            "description": "De beschrijving van de API.",
            "content": {"application/json": {"schema": {"type": "object"}}},
        }
    },
)
async def openapi(request: Request) -> Response:
    state = request.app.state
    if not hasattr(state, "description"):
        state.description = written(describe(request.app))
    return Response(state.description, media_type="application/json", headers={"Access-Control-Allow-Origin": "*"})
