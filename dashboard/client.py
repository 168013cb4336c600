"""The API as the screens see it: one call per question, typed answers, and one sentence when it goes wrong.

Knows no Streamlit and keeps nothing; who asks gives the token. What identifies a child travels in bodies only.
"""

import json
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx2
from pydantic import TypeAdapter, ValidationError

from dashboard import answers
from dashboard.settings import Settings
from dashboard.texts import nl

T = TypeVar("T")

JSON = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong with one field."""

    pointer: str
    detail: str


class Failure(Exception):
    """The API did not do what was asked. `sentence` is Dutch and meant for the person at the screen."""

    def __init__(self, sentence: str, status: int = 0, code: str = "", faults: tuple[Fault, ...] = ()) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.status = status
        self.code = code
        self.faults = faults


class Unreachable(Failure):
    """No answer at all, or one from something that is not the API."""


class SignInNeeded(Failure):
    """The token is missing, expired or not trusted."""


class ChangedMeanwhile(Failure):
    """Somebody else stated something since we looked."""


class UnlikelyJump(Failure):
    """The API wants to be told twice."""


_FILE_SECONDS = 60.0
"""Ten thousand rows take seconds: giving up on them would call failed what was saved."""

_FAILURES: dict[int, type[Failure]] = {401: SignInNeeded, 412: ChangedMeanwhile, 502: Unreachable, 503: Unreachable}


class Client:
    """A connection that many sessions share; httpx's client is safe for that."""

    def __init__(self, http: httpx2.Client) -> None:
        self._http = http

    # --- reference, public ---

    def care_types(self) -> tuple[answers.CareType, ...]:
        return self.get("care-types", answers.Items[answers.CareType]).items

    def interpretation(self, text: str) -> answers.Interpretation:
        """What the typed words mean. They go in a body: an address is no place for what is said of a child."""
        return self.send("POST", "interpretations", answers.Interpretation, body={"text": text})

    def needs(self) -> tuple[answers.Need, ...]:
        return self.get("needs", answers.Items[answers.Need]).items

    def municipalities(self) -> tuple[answers.Municipality, ...]:
        return self.get("municipalities", answers.Items[answers.Municipality]).items

    def youth_regions(self) -> tuple[answers.YouthRegion, ...]:
        return self.get("youth-regions", answers.Items[answers.YouthRegion]).items

    def areas(self) -> JSON:
        """The municipalities as GeoJSON features; `id` is the code."""
        return self.get("areas", JSON)

    # --- signing in ---

    def demo_accounts(self) -> tuple[answers.Account, ...]:
        """Who one can be in the demo; nobody elsewhere."""
        try:
            return self.get("demo-accounts", answers.Items[answers.Account]).items
        except Failure as failure:
            if failure.status == 404:
                return ()
            raise

    def demo_token(self, role: str, organisation: str) -> answers.Token:
        return self.send("POST", "demo-tokens", answers.Token, body={"role": role, "organisation": organisation})

    def me(self, token: str) -> answers.Me:
        return self.get("me", answers.Me, token)

    # --- searching ---

    def matches(self, token: str, question: JSON) -> answers.Matches:
        return self.send("POST", "matches", answers.Matches, token, body=question)

    def open_case(self, token: str, reference: str, question: JSON, key: str = "") -> answers.CareRequest:
        """Open a case with this question and keep today's ranking with it. With the same key it is the same case."""
        body = {"reference": reference, **question}
        once = {"Idempotency-Key": key} if key else {}
        case = self.send("POST", "care-requests", answers.CareRequest, token, body=body, headers=once)
        self.send("POST", f"care-requests/{case.id}/rankings", JSON, token, body={})
        return case

    # --- a provider's own places ---

    def offers_of(self, token: str, agb_code: str) -> tuple[answers.Offer, ...]:
        """All offers of one provider with their current capacity, page after page."""
        found: list[answers.Offer] = []
        query: dict[str, str | int] = {"provider": agb_code, "limit": 100}
        while True:
            page = self.get("offers", answers.Items[answers.Offer], token, query)
            found.extend(page.items)
            if page.next is None:
                return tuple(found)
            query["cursor"] = page.next

    def state_capacity(self, token: str, offer_id: int, statement: JSON, etag: str | None) -> answers.Capacity:
        """State the whole capacity, on top of the statement we saw (`etag`; None: the first)."""
        path = f"offers/{offer_id}/capacity"
        return self.send("PUT", path, answers.Capacity, token, body=statement, headers=_seen(etag))

    def confirm_capacity(self, token: str, offer_id: int, etag: str) -> answers.Capacity:
        """Nothing changed: the same numbers, stated today."""
        path = f"offers/{offer_id}/capacity/confirmation"
        return self.send("POST", path, answers.Capacity, token, headers=_seen(etag))

    def take_back_confirmation(self, token: str, offer_id: int, etag: str) -> answers.Capacity:
        """It was a slip of the hand: what was stated before holds again, with its own day."""
        path = f"offers/{offer_id}/capacity/confirmation"
        return self.send("DELETE", path, answers.Capacity, token, headers=_seen(etag))

    def capacity(self, token: str, offer_id: int) -> answers.Capacity:
        return self.get(f"offers/{offer_id}/capacity", answers.Capacity, token)

    # --- the same by spreadsheet ---

    def template(self, token: str, format_: str = "xlsx") -> bytes:
        """A workbook (or CSV) with all one's offers and what holds now."""
        return self.answered("GET", "capacity-imports/template", token, query={"format": format_}).content

    def preview_import(self, token: str, file: bytes, choices: JSON) -> answers.CapacityImport:
        """What the file would change, row by row; nothing is saved."""
        response = self._upload(token, file, choices, query={"dryRun": "true"})
        return read(response, answers.CapacityImport)

    def save_import(self, token: str, file: bytes, choices: JSON, etag: str) -> answers.CapacityImport:
        """Save all that was previewed (`etag`), or nothing."""
        return read(self._upload(token, file, choices, headers=_seen(etag)), answers.CapacityImport)

    def forget_import_memory(self, token: str) -> None:
        """Ask again what was answered with earlier files."""
        self.answered("DELETE", "capacity-imports/memory", token)

    def corrections(self, token: str, file: bytes, choices: JSON) -> bytes:
        """The file as a workbook, with what to correct in its last column."""
        return self._upload(token, file, choices, query={"dryRun": "true", "format": "xlsx"}).content

    # --- oversight ---

    def supply(self, token: str, region: str, care_type: str | None = None) -> answers.Supply:
        query = {"careType": care_type} if care_type else {}
        return self.get(f"regions/{region}/supply", answers.Supply, token, query)

    # --- how; for the calls of other modules too ---

    def get(self, path: str, shape: type[T], token: str = "", query: dict[str, Any] | None = None) -> T:
        """What stands at the path. Each noun's own calls are in the module of that noun. Raises Failure."""
        return self.send("GET", path, shape, token, query=query)

    def send(
        self,
        method: str,
        path: str,
        shape: type[T],
        token: str = "",
        *,
        body: JSON | None = None,
        headers: dict[str, str] | None = None,
        query: dict[str, Any] | None = None,
    ) -> T:
        return read(self.answered(method, path, token, headers, query=query, body=body), shape)

    def page(self, path: str, token: str) -> bytes:
        """What the API can also show as a page to print."""
        return self.answered("GET", path, token, {"Accept": "text/html"}).content

    def delete(self, path: str, token: str, headers: dict[str, str] | None = None) -> None:
        self.answered("DELETE", path, token, headers)

    def _upload(
        self,
        token: str,
        file: bytes,
        choices: JSON,
        *,
        headers: dict[str, str] | None = None,
        query: dict[str, str] | None = None,
    ) -> httpx2.Response:
        form = {"files": {"file": file}, "data": {"choices": json.dumps(choices)}}
        return self.answered("POST", "capacity-imports", token, headers, query=query, form=form)

    def answered(
        self,
        method: str,
        path: str,
        token: str,
        headers: dict[str, str] | None = None,
        *,
        query: dict[str, Any] | None = None,
        body: JSON | None = None,
        form: JSON | None = None,
    ) -> httpx2.Response:
        """The answer, if it is one. Raises Failure."""
        bearer = {"Authorization": f"Bearer {token}"} if token else {}
        try:
            response = self._http.request(
                method,
                path,
                headers={**bearer, **(headers or {})},
                params=query,
                json=body,
                timeout=_FILE_SECONDS if form else httpx2.USE_CLIENT_DEFAULT,
                **(form or {}),
            )
        except httpx2.TimeoutException as slow:
            raise Unreachable(nl.TOO_SLOW) from slow
        except httpx2.HTTPError as gone:
            raise Unreachable(nl.UNREACHABLE) from gone
        if response.is_error:
            raise _failure(response)
        return response


def read(response: httpx2.Response, shape: type[T]) -> T:
    try:
        return TypeAdapter(shape).validate_json(response.content)
    except ValidationError as odd:
        raise Unreachable(nl.NOT_UNDERSTOOD, response.status_code) from odd


def connect(settings: Settings) -> Client:
    """A client for the API of these settings."""
    http = httpx2.Client(
        base_url=f"{settings.api_url.rstrip('/')}/v1/",
        timeout=settings.api_timeout_seconds,
        headers={"Accept-Language": "nl", "User-Agent": "zorg-dashboard"},  # a statement remembers where it was typed
    )
    return Client(http)


def _seen(etag: str | None) -> dict[str, str]:
    return {"If-None-Match": "*"} if etag is None else {"If-Match": etag}


def _failure(response: httpx2.Response) -> Failure:
    """A problem+json as one failure with its faults; anything else did not come from the API."""
    try:
        problem: JSON = response.json()
        sentence = str(problem.get("detail") or problem["title"])
        code = str(problem.get("type", "")).rstrip("/").rsplit("/", 1)[-1].rsplit(":", 1)[-1]
        faults = tuple(Fault(fault["pointer"], fault["detail"]) for fault in problem.get("errors", ()))
    except (ValueError, KeyError, TypeError, AttributeError):
        return Unreachable(nl.NOT_UNDERSTOOD, response.status_code)
    kind = UnlikelyJump if code == "unlikely-jump" else _FAILURES.get(response.status_code, Failure)
    return kind(sentence, response.status_code, code, faults)
