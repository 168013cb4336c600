"""What the API answers of supply that is kept: described offers, contracts, product names, tables, the report."""

from datetime import date, datetime
from typing import Literal

from dashboard.answers import Answer, Capacity, Freshness, ImportColumn, LeftOutSheet, Location, Named, Provider

Standing = Literal["upcoming", "running", "suspended", "ended"]


class Place(Location):
    id: int
    municipality: Named
    pc4: str


class DescribedOffer(Answer):
    """An offer with all that its provider says of it."""

    id: int
    name: str
    description: str | None = None
    care_type: Named
    provider: Provider
    location: Place
    age_from: int
    age_until: int
    genders: tuple[str, ...]
    setting: str
    serves: tuple[str, ...] = ()
    excludes: tuple[str, ...] = ()
    only_for: tuple[str, ...] = ()
    siblings: int | None = None
    past_eighteen: bool | None = None
    travels_km: float | None = None
    municipalities: tuple[str, ...] = ()
    published_from: date
    published_until: date | None = None
    capacity: Capacity | None = None
    etag: str


class OwnLocation(Answer):
    id: int
    name: str
    pc4: str
    place: str


class KnownProvider(Provider):
    """A provider, and how it is reached."""

    phone: str | None = None
    email: str | None = None
    website: str | None = None
    etag: str


class ContractedLine(Answer):
    care_type: Named
    area: Named


class Contract(Answer):
    id: int
    provider: Provider
    number: str
    scope: str
    valid_from: date
    valid_until: date | None = None
    suspended_from: date | None = None
    suspended_until: date | None = None
    update_term_days: int
    answer_term_days: int
    lines: tuple[ContractedLine, ...]
    standing: Standing
    etag: str


class ContractChange(Answer):
    version: int
    changed_at: datetime
    changed_by: str
    source: str
    changed: tuple[str, ...]


class TermChange(Answer):
    field: str
    column: str
    was: int | str | None
    becomes: int | str | None


class ListedContract(Answer):
    provider: Provider
    number: str
    outcome: str
    rows: tuple[int, ...]
    changes: tuple[TermChange, ...]
    lines_added: tuple[ContractedLine, ...] = ()
    lines_removed: tuple[ContractedLine, ...] = ()


class ProposedProvider(Answer):
    provider: Provider
    likeness: int


class NamedProvider(Answer):
    """A name in the list that is not exactly a provider's."""

    name: str
    rows: tuple[int, ...]
    provider: Provider | None = None
    how: str | None = None
    proposals: tuple[ProposedProvider, ...] = ()


class ListFault(Answer):
    column: str | None = None
    detail: str


class ListRow(Answer):
    row: int
    number: str | None = None
    faults: tuple[ListFault, ...]


class ListCounts(Answer):
    new: int
    changed: int
    unchanged: int
    faulty: int


class ContractImport(Answer):
    """What a list of contracts would do, or did."""

    saved: bool
    counts: ListCounts
    sheet: str
    left_out_sheets: tuple[LeftOutSheet, ...]
    columns: tuple[ImportColumn, ...]
    contracts: tuple[ListedContract, ...]
    faulty_rows: tuple[ListRow, ...]
    skipped_rows: tuple[int, ...]
    unknown_products: tuple[str, ...]
    named_providers: tuple[NamedProvider, ...]
    etag: str


class Product(Answer):
    name: str
    care_type: Named
    confirmed_at: datetime
    confirmed_by: str


class Suggested(Answer):
    care_type: Named
    likeness: int


class Interpreted(Answer):
    name: str
    care_type: Named | None = None
    suggestions: tuple[Suggested, ...] = ()


class NeighbouringTable(Answer):
    region: Named
    next_free_on: date
    stated_at: datetime
    distance_km: float


class ProtectionTable(Answer):
    region: Named
    next_free_on: date | None = None
    stated_at: datetime | None = None
    freshness: Freshness | None = None
    due_on: date | None = None
    past_norm: bool | None = None
    etag: str | None = None
    neighbours: tuple[NeighbouringTable, ...] = ()


class TableStated(Answer):
    """What a table said earlier."""

    next_free_on: date
    stated_at: datetime
    stated_by: str


class ReportLine(Answer):
    form: Named
    region: Named
    waiting_count: int | None = None
    wait_days: int | None = None
    offers: int
    offers_never_stated: int
    offers_waiting_unknown: int
    oldest_stated_on: date | None = None
    how_waiting: str
    how_wait: str
    how_recent: str


class QuarterlyReport(Answer):
    quarter: str
    as_of: date
    complete: bool
    lines: tuple[ReportLine, ...]
