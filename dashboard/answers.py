"""What the API answers, as frozen values. Only the fields that a screen shows; what is unknown stays None, never 0."""

from datetime import date, datetime
from typing import Any, Generic, Literal, TypeVar

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

T = TypeVar("T")

Freshness = Literal["fresh", "due", "stale"]
Certainty = Literal["certain", "fairly-certain", "uncertain", "unknown"]


class Answer(BaseModel):
    """camelCase outside, snake_case inside."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, frozen=True, extra="ignore")


class Items(Answer, Generic[T]):
    """A list, page by page; `next` is the cursor of the page that follows."""

    items: tuple[T, ...]
    next: str | None = None


class Named(Answer):
    code: str
    name: str


class Point(Answer):
    lon: float
    lat: float


class Account(Answer):
    """Somebody to be in the demo."""

    role: str
    role_name: str
    organisation: str
    organisation_name: str | None = None
    note: str | None = None


class Token(Answer):
    token: str
    expires_at: datetime


class Me(Answer):
    subject: str
    role: str
    organisation: str
    organisation_name: str | None = None


class Municipality(Answer):
    code: str
    name: str
    province: str
    youth_region: Named | None = None
    centre: Point


class YouthRegion(Answer):
    code: str
    name: str
    also_known_as: str | None = None
    municipalities: tuple[str, ...]


class CareType(Answer):
    code: str
    name: str
    synonyms: tuple[str, ...] = ()
    family: str
    general: bool = False
    crisis: bool = False
    description: str = ""


class Need(Answer):
    code: str
    name: str
    synonyms: tuple[str, ...] = ()


class Interpretation(Answer):
    """What typed words mean; the likeliest care type first."""

    care_types: tuple[CareType, ...]
    needs: tuple[Need, ...]


class Provider(Answer):
    agb_code: str
    name: str


class Location(Answer):
    name: str
    place: str
    lon: float
    lat: float


class Card(Answer):
    """An offer as it is shown: whose, where, for whom."""

    offer_id: int
    offer: str
    provider: Provider
    location: Location
    care_type: Named
    setting: str | None = None
    age_from: int | None = None
    age_until: int | None = None


class Reason(Answer):
    """Why an offer gets the points it gets for one criterion."""

    code: str
    criterion: str
    points: int
    maximum: int
    text: str


class Seen(Card):
    """A card seen from one question."""

    expected_start: date | None = None
    expected_early: date | None = None
    expected_late: date | None = None
    certainty: Certainty = "unknown"
    distance_km: float | None = None
    open_places: int | None = None
    freshness: Freshness | None = None
    stated_at: datetime | None = None


class Match(Seen):
    rank: int
    score: int
    stated_wait_days: int | None = None
    scope: str | None = None
    reasons: tuple[Reason, ...] = ()


class NearMiss(Seen):
    """An offer that fails one rule, and by how much."""

    rule: str
    text: str


class Relaxation(Answer):
    """One change a worker could make, and what it opens."""

    change: dict[str, Any]
    opens: int
    soonest_start: date | None = None
    text: str


class Exclusion(Answer):
    rule: str
    count: int
    text: str


class Excluded(Answer):
    total: int
    by_rule: tuple[Exclusion, ...] = ()


class CrisisContact(Answer):
    when: str
    who: str
    phone: str | None = None


class CrisisRoute(Answer):
    """Whom to call; a crisis is never ranked."""

    text: str
    contacts: tuple[CrisisContact, ...] = ()


class Matches(Answer):
    as_of: datetime
    weights_version: str
    matches: tuple[Match, ...]
    excluded: Excluded
    near_misses: tuple[NearMiss, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    non_contracted: tuple[Seen, ...] = ()
    crisis_route: CrisisRoute | None = None


class Capacity(Answer):
    """What the provider last stated, and until when that counts as up to date."""

    total_places: int
    occupied_places: int
    reserved_places: int
    open_places: int
    intake_wait_days: int
    treatment_wait_days: int
    admission_stop: bool
    available_from: date | None = None
    waiting_count: int | None = None
    started_last_90_days: int | None = None
    withdrawn_last_90_days: int | None = None
    note: str | None = None
    stated_at: datetime
    freshness: Freshness
    due_on: date
    etag: str


class OfferPlace(Location):
    municipality: Named


class Offer(Answer):
    id: int
    name: str
    care_type: Named
    provider: Provider
    location: OfferPlace
    capacity: Capacity | None = None
    held_places: int | None = None
    published_until: date | None = None
    """The last day; none: it goes on."""


class CareTypeSupply(Answer):
    """Supply of one care type in a region; waits in days."""

    care_type: Named
    offers: int
    providers: int
    total_places: int | None = None
    open_places: int | None = None
    stops: int
    waiting: int | None = None
    median_wait_days: float | None = None
    long_wait_days: float | None = None
    stale_offers: int
    median_age_days: float | None = None


class MunicipalitySupply(Answer):
    municipality: Named
    offers: int
    open_places: int | None = None
    waiting: int | None = None
    median_wait_days: float | None = None


class Supply(Answer):
    region: Named
    today: date
    care_types: tuple[CareTypeSupply, ...]
    municipalities: tuple[MunicipalitySupply, ...]


class CareRequest(Answer):
    id: str
    reference: str


class ValueChange(Answer):
    field: str
    column: str
    was: int | bool | str | None
    becomes: int | bool | str | None


class RowFault(Answer):
    column: str | None = None
    detail: str
    code: str


class ProposedOffer(Answer):
    offer_id: int
    name: str
    location: str
    place: str
    likeness: int
    """Of 100."""


class ImportRow(Answer):
    """One row of a spreadsheet: which offer, what changes, what is wrong."""

    row: int
    outcome: str
    offer_id: int | None = None
    offer: str | None = None
    place: str | None = None
    words: str | None = None
    """Name and place as the file has them."""
    how: str | None = None
    """Why it was taken for this offer."""
    changes: tuple[ValueChange, ...]
    faults: tuple[RowFault, ...]
    proposals: tuple[ProposedOffer, ...]


class ImportCounts(Answer):
    changed: int
    first: int
    unchanged: int
    empty: int
    faulty: int


class ImportColumn(Answer):
    header: str
    field: str | None = None
    name: str | None = None
    how: str


class LeftOutSheet(Answer):
    """A sheet that was not read, and whether it could have been sent on its own."""

    name: str
    is_table: bool


class CapacityImport(Answer):
    """What a spreadsheet would do, or did."""

    saved: bool
    counts: ImportCounts
    sheet: str
    left_out_sheets: tuple[LeftOutSheet, ...]
    columns: tuple[ImportColumn, ...]
    rows: tuple[ImportRow, ...]
    etag: str
