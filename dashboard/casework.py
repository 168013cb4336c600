"""The API's calls about cases. Each takes the connection and the token; what identifies a child goes in bodies only."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from dashboard.answers import Items, Provider
from dashboard.case_answers import (
    AgendaItem,
    Case,
    Contact,
    Event,
    FilledIn,
    Form,
    MyDay,
    NetworkMembers,
    NetworkRequest,
    Option,
    Put,
    Ranking,
    Referral,
    Register,
    Registration,
    State,
    Worrying,
)
from dashboard.client import JSON, Client, Failure
from dashboard.once import Keys

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Casework:
    """What one person can ask and record."""

    api: Client
    token: str
    keys: Keys = field(default_factory=Keys)
    """So that what is sent twice is done once."""

    # --- my day, and the cases ---

    def my_day(self) -> MyDay:
        return self.api.get("my-day", MyDay, self.token)

    def cases(self) -> tuple[Case, ...]:
        return self._all("care-requests", Case)

    def case(self, case_id: str) -> Case:
        return self.api.get(f"care-requests/{case_id}", Case, self.token)

    def state(self, case_id: str) -> State:
        return self.api.get(f"care-requests/{case_id}/state", State, self.token)

    def events(self, case_id: str) -> tuple[Event, ...]:
        return self._all(f"care-requests/{case_id}/events", Event)

    def record(self, case_id: str, event: JSON) -> Event:
        """What happened."""
        return self._post(f"care-requests/{case_id}/events", Event, event)

    # --- referrals ---

    def ranking(self, case_id: str) -> Ranking:
        """Rank now, and keep it."""
        return self.api.send("POST", f"care-requests/{case_id}/rankings", Ranking, self.token, body={})

    def form(self, case_id: str) -> Form | None:
        """The enrolment form as it was filled in last."""
        try:
            return self.api.get(f"care-requests/{case_id}/enrolment-form", FilledIn, self.token).form
        except Failure as failure:
            if failure.status == 404:
                return None
            raise

    def refer(self, case_id: str, offer_id: int, form: JSON | None, *, sure: bool = False) -> Referral:
        body = {"offerId": offer_id, "duplicateConfirmed": sure, **({"form": form} if form else {})}
        return self._post(f"care-requests/{case_id}/referrals", Referral, body)

    def referrals_of(self, case_id: str) -> tuple[Referral, ...]:
        return self._items(f"care-requests/{case_id}/referrals", Referral)

    def inbox(self, *, waiting: bool | None = None) -> tuple[Referral, ...]:
        """All referrals that concern this person: what waits for somebody first."""
        return self._all("referrals", Referral, {} if waiting is None else {"waiting": str(waiting).lower()})

    def referral(self, referral_id: str) -> Referral:
        return self.api.get(f"referrals/{referral_id}", Referral, self.token)

    def tell(self, referral_id: str, what: str, body: JSON | None = None) -> Referral:
        """`answer`, `reply`, `no-answer`, `start-judgement`, `withdrawal` or `sharpening` of a referral."""
        path = f"referrals/{referral_id}/{what}"
        return self._post(path, Referral, body)

    def happened(self, referral_id: str, event: JSON) -> Event:
        """What the provider that helps records: the request for allocation, the start, the end."""
        return self._post(f"referrals/{referral_id}/events", Event, event)

    def refusal_page(self, referral_id: str) -> bytes:
        """The refusal as a page to print."""
        return self.api.page(f"referrals/{referral_id}/refusal", self.token)

    def draft_315(self, referral_id: str) -> bytes:
        """What a 315 would say, for the provider's own system."""
        return self.api.answered("GET", f"referrals/{referral_id}/drafts/315", self.token).content

    # --- options, the network, the RET ---

    def options(self, case_id: str) -> tuple[Option, ...]:
        return self._items(f"care-requests/{case_id}/options", Option)

    def hold(self, case_id: str, offer_id: int) -> Option:
        return self.api.send("PUT", f"care-requests/{case_id}/options/{offer_id}", Option, self.token)

    def let_go(self, case_id: str, offer_id: int) -> None:
        self.api.delete(f"care-requests/{case_id}/options/{offer_id}", self.token)

    def ask_network(self, case_id: str) -> NetworkRequest:
        return self._post(f"care-requests/{case_id}/network-requests", NetworkRequest, {})

    def network(self, case_id: str) -> tuple[NetworkRequest, ...]:
        return self._items(f"care-requests/{case_id}/network-requests", NetworkRequest)

    def confirm_proposal(self, case_id: str, request_id: str, referral_id: str) -> NetworkRequest:
        path = f"care-requests/{case_id}/network-requests/{request_id}/confirmation"
        return self._post(path, NetworkRequest, {"referralId": referral_id})

    def register_with_ret(self, case_id: str) -> Registration:
        """With everything that was tried, and a ranking of this moment: the newest goes along."""
        self.ranking(case_id)
        return self._post(f"care-requests/{case_id}/ret-registrations", Registration, {})

    def agenda(self, region: str, *, is_open: bool) -> tuple[AgendaItem, ...]:
        return self._all(f"regions/{region}/ret-agenda", AgendaItem, {"open": str(is_open).lower()})

    def registration(self, region: str, registration_id: str) -> Registration:
        return self.api.get(f"regions/{region}/ret-agenda/{registration_id}", Registration, self.token)

    def network_members(self, region: str) -> tuple[Provider, ...]:
        """The providers of a region that look together."""
        return self.api.get(f"regions/{region}/network", NetworkMembers, self.token).members

    def keep_network(self, region: str, members: Sequence[str]) -> NetworkMembers:
        """Exactly these, from today."""
        body = {"members": list(members)}
        return self.api.send("PUT", f"regions/{region}/network", NetworkMembers, self.token, body=body)

    # --- beside the routes ---

    def worrying(self, region: str) -> tuple[Worrying, ...]:
        return self._items(f"regions/{region}/worryingly-waiting", Worrying)

    def desk(self, path: str, *, is_open: bool) -> tuple[Put, ...]:
        """`regions/JZ28/reports`, `regions/JZ28/broker-questions` or `municipalities/GM0202/official-questions`."""
        return self._items(path, Put, {"open": str(is_open).lower()})

    def register(self, region: str) -> Register:
        return self.api.get(f"regions/{region}/contact-register", Register, self.token)

    def contacts(self, region: str) -> tuple[Contact, ...]:
        return self._items(f"regions/{region}/contacts", Contact)

    def keep_register(self, region: str, owner: str, days: int, etag: str | None) -> Register:
        seen = {"If-Match": etag} if etag else {"If-None-Match": "*"}
        body = {"owner": owner, "updateTermDays": days}
        path = f"regions/{region}/contact-register"
        return self.api.send("PUT", path, Register, self.token, body=body, headers=seen)

    def add_contact(self, region: str, content: JSON) -> Contact:
        return self._post(f"regions/{region}/contacts", Contact, content)

    def change_contact(self, region: str, contact: Contact, content: JSON) -> Contact:
        path, seen = f"regions/{region}/contacts/{contact.id}", {"If-Match": contact.etag}
        return self.api.send("PUT", path, Contact, self.token, body=content, headers=seen)

    def confirm_contact(self, region: str, contact: Contact) -> Contact:
        path, seen = f"regions/{region}/contacts/{contact.id}/confirmation", {"If-Match": contact.etag}
        return self.api.send("POST", path, Contact, self.token, headers=seen)

    def drop_contact(self, region: str, contact: Contact) -> None:
        self.api.delete(f"regions/{region}/contacts/{contact.id}", self.token, {"If-Match": contact.etag})

    # --- how ---

    def _post(self, path: str, shape: type[T], body: JSON | None) -> T:
        sending = self.keys.sending(self.token, path, body)
        answer = self.api.send("POST", path, shape, self.token, body=body, headers={"Idempotency-Key": sending.key})
        self.keys.done(sending)
        return answer

    def _items(self, path: str, shape: type[T], query: dict[str, Any] | None = None) -> tuple[T, ...]:
        """A list that the API does not cut into pages; should it do so one day, nothing is left out here."""
        found: list[T] = []
        asked = dict(query or {})
        while True:
            page = self.api.get(path, Items[shape], self.token, asked)  # type: ignore[valid-type]  # known when called
            found.extend(page.items)
            if page.next is None:
                return tuple(found)
            asked["cursor"] = page.next

    def _all(self, path: str, shape: type[T], query: dict[str, Any] | None = None) -> tuple[T, ...]:
        """A list in pages, as large as they come."""
        return self._items(path, shape, {"limit": 100, **(query or {})})
