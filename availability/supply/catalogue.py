"""The SQL that finds offers for the social map: every filter a line in one table, every list a keyset.

Words are matched by trigrams (pg_trgm), so that a typing error still finds; each word must be found somewhere: in the
name of the offer, of the provider, of the place, or in a care type or its synonyms.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from availability.supply.messages import FIGURES
from availability.supply.queries import UPDATE_TERM
from availability.supply.running import runs_on

_SAID = ", ".join(f"said.{name}" for name in FIGURES)

HELD = """
    (SELECT count(*) FROM place_option held
     WHERE held.offer_id = offer.id AND held.ended_at IS NULL AND held.last_day >= :today)
"""
"""How many of its places are held for a child today."""

_SHOWN = f"""
    offer.id AS offer_id, offer.name, offer.description, offer.age_from, offer.age_until, offer.genders, offer.setting,
    offer.serves, offer.excludes, offer.only_for, offer.siblings, offer.past_eighteen, offer.travels_km,
    offer.published_from, offer.published_until, offer.version,
    ARRAY(SELECT municipality_code FROM served_area WHERE offer_id = offer.id ORDER BY 1) AS municipalities,
    care_type.code AS care_type_code, care_type.name AS care_type_name,
    provider.agb_code, provider.name AS provider_name,
    offer.location_id, location.name AS location_name, location.place, location.pc4,
    municipality.code AS municipality_code, municipality.name AS municipality_name,
    ST_X(location.point::geometry) AS lon, ST_Y(location.point::geometry) AS lat,
    said.id AS statement_id, said.stated_at, said.stated_by, said.source, {_SAID},
    {UPDATE_TERM} AS update_term, {HELD} AS held_places
"""  # noqa: S608 - only names of our own columns

_FROM = """
    FROM offer
    JOIN care_type ON care_type.code = offer.care_type_code
    JOIN provider ON provider.agb_code = offer.provider_agb
    JOIN location ON location.id = offer.location_id
    JOIN municipality ON municipality.code = location.municipality_code
    LEFT JOIN current_capacity ON current_capacity.offer_id = offer.id
    LEFT JOIN capacity_statement said ON said.id = current_capacity.statement_id
"""

_VISIBLE = """
    (offer.published_from <= :today AND coalesce(offer.published_until, 'infinity') >= :today
     OR offer.provider_agb = CAST(:organisation AS text))
"""
"""Published today; a provider also sees its own before and after."""

_POINT = "ST_SetSRID(ST_MakePoint(:lon, :lat), 4326)::geography"
_DISTANCE = f"ST_Distance(location.point, {_POINT}, false)"

FILTERS: dict[str, str] = {
    "care_type": "offer.care_type_code = :care_type",
    "provider": "offer.provider_agb = :provider",
    "areas": f"""(
        EXISTS (
            SELECT FROM contract JOIN contract_line ON contract_line.contract_id = contract.id
            WHERE contract.provider_agb = offer.provider_agb AND contract_line.care_type_code = offer.care_type_code
              AND contract_line.area_code = ANY (:areas)
              AND {runs_on(":today")})
        OR EXISTS (
            SELECT FROM served_area
            WHERE served_area.offer_id = offer.id AND served_area.municipality_code = ANY (:areas)))""",  # noqa: S608
    "within_metres": f"ST_DWithin(location.point, {_POINT}, :within_metres, false)",
}
"""What narrows the list, when it is asked. Contracted: for the municipality, its region or the country."""


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody looks for on the social map; None does not narrow."""

    care_type: str | None = None
    provider: str | None = None
    areas: list[str] | None = None
    within_metres: float | None = None
    lon: float | None = None
    lat: float | None = None
    words: tuple[str, ...] = ()

    @property
    def conditions(self) -> list[str]:
        return [
            FILTERS[each.name] for each in fields(self) if each.name in FILTERS and getattr(self, each.name) is not None
        ]


def words_of(sought: str) -> tuple[str, ...]:
    """The words of a search, in small letters."""
    return tuple(re.findall(r"\w+", sought.lower()))[:8]


_FOUND = """
WITH word AS (
    SELECT word, position FROM unnest(CAST(:words AS text[])) WITH ORDINALITY AS word (word, position)
), hit AS (
    SELECT word.position, offer.id, word_similarity(word.word, offer.name) AS likeness
    FROM word JOIN offer ON word.word <% offer.name
    UNION ALL
    SELECT word.position, offer.id, word_similarity(word.word, provider.name)
    FROM word JOIN provider ON word.word <% provider.name JOIN offer ON offer.provider_agb = provider.agb_code
    UNION ALL
    SELECT word.position, offer.id, word_similarity(word.word, location.place)
    FROM word JOIN location ON word.word <% location.place JOIN offer ON offer.location_id = location.id
    UNION ALL
    SELECT word.position, offer.id, likeness
    FROM word, care_type, word_similarity(word.word, care_type.name || ' ' || array_to_string(care_type.synonyms, ' '))
        AS likeness, offer
    WHERE likeness >= 0.45 AND offer.care_type_code = care_type.code
), best AS (
    SELECT id, position, max(likeness) AS likeness FROM hit GROUP BY id, position
), found AS (
    SELECT id, sum(likeness)::float8 AS likeness FROM best GROUP BY id
    HAVING count(*) = cardinality(CAST(:words AS text[]))
)
"""


def find_offers(
    session: Session, sought: Sought, today: date, organisation: str | None, *, after: Sequence[Any] | None, limit: int
) -> list[Row[Any]]:
    """The offers that are sought: nearest first with a point, likest first with words, else in a fixed order.

    A row has `sort`: what it was ordered by, for the cursor."""
    by_words, by_distance = bool(sought.words), sought.lon is not None
    sort = "-found.likeness" if by_words else _DISTANCE if by_distance else "0::float8"
    conditions = [_VISIBLE, *sought.conditions]
    if after is not None:
        conditions.append(f"({sort}, offer.id) > (CAST(:after_sort AS float8), CAST(:after_id AS bigint))")
    statement = (
        (_FOUND if by_words else "")
        + f"SELECT {_SHOWN}, {sort} AS sort, {_DISTANCE if by_distance else 'NULL::float8'} AS distance {_FROM}"
        + (" JOIN found ON found.id = offer.id" if by_words else "")
        + f" WHERE {' AND '.join(conditions)} ORDER BY {sort}, offer.id LIMIT :limit"
    )
    values = {each.name: getattr(sought, each.name) for each in fields(sought)}
    after_sort, after_id = after or (None, None)
    if by_words:
        session.execute(_TOLERANT)
    return list(
        session.execute(
            text(statement),
            {**values, "words": list(sought.words), "today": today, "organisation": organisation, "limit": limit}
            | {"after_sort": after_sort, "after_id": after_id},
        )
    )


_TOLERANT = text("SELECT set_config('pg_trgm.word_similarity_threshold', '0.45', true)")

_ONE = text(f"SELECT {_SHOWN}, NULL::float8 AS distance {_FROM} WHERE offer.id = :id AND {_VISIBLE}")


def find_offer(session: Session, offer_id: int, today: date, organisation: str | None) -> Row[Any] | None:
    values = {"id": offer_id, "today": today, "organisation": organisation}
    return session.execute(_ONE, values).one_or_none()


_HISTORY = text(f"""
    SELECT said.offer_id, said.id AS statement_id, said.stated_at, said.stated_by, said.source, {_SAID},
        {UPDATE_TERM} AS update_term
    FROM capacity_statement said JOIN offer ON offer.id = said.offer_id
    WHERE said.offer_id = :id AND said.id < :before
    ORDER BY said.id DESC LIMIT :limit
""")  # noqa: S608 - only names of our own columns


def history(session: Session, offer_id: int, today: date, before: int, limit: int) -> list[Row[Any]]:
    """What was stated of an offer, newest first, below the statement `before`."""
    return list(session.execute(_HISTORY, {"id": offer_id, "today": today, "before": before, "limit": limit}))
