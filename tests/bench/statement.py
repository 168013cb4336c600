"""The rules and the sums as one SQL statement, for PostGIS and DuckDB alike; where they differ is a small table.

A source gives a row per offer and agreement with the columns of `sheet`. Offers that do not fit are left out before
anything is measured: SQL need not tell why not.
"""

import re
from typing import Any

from matcher.fit import USUAL_DURATION_DAYS
from matcher.offers import EARTH_RADIUS_KM, NEVER
from matcher.ranking import HASH_MODULUS
from matcher.waiting import FAIRLY_CERTAIN_ABOVE_DAYS, UNCERTAIN_ABOVE_DAYS
from tests.bench.arithmetic import FARTHEST, LATEST, ONLINE
from tests.bench.asked import Asked

ON_SPHERE = "ST_Distance(point, ST_SetSRID(ST_MakePoint($lon, $lat), 4326)::geography, false) / 1000"
BY_CHORD = f"""{2 * EARTH_RADIUS_KM} * asin(least(sqrt(
    (x - $home_x) * (x - $home_x) + (y - $home_y) * (y - $home_y) + (z - $home_z) * (z - $home_z)) / 2, 1))"""

_STATEMENT = f"""
WITH fitting AS (
    SELECT DISTINCT ON (offer_id) *
    FROM {{source}}
    WHERE {{asked}}
      AND valid_from <= $wanted AND valid_until >= $wanted
      AND NOT (suspended_from <= $wanted AND suspended_until >= $wanted)
      AND stop = 0 AND genders & $genders <> 0 AND ($setting < 0 OR setting = $setting)
      AND excludes & $needs = 0 AND (only_for = 0 OR only_for & $needs <> 0)
      AND published_from <= $today
      AND (CAST($earliest AS int[]))[age_from + 1] <= $wanted + {USUAL_DURATION_DAYS}
      AND NOT ($past_eighteen AND past_eighteen = 0) {{near}}
    ORDER BY offer_id, scope, contract_id
),
placed AS MATERIALIZED (
    SELECT *, {{distance}} AS distance_km, (CAST($earliest AS int[]))[age_from + 1] AS earliest FROM fitting
),
dated AS MATERIALIZED (
    SELECT *, greatest(start, earliest) AS start_day,
           CASE WHEN start = {NEVER} THEN earliest ELSE greatest(start, earliest) END AS could_start,
           least(greatest(pessimistic, earliest) - $wanted, {LATEST}) AS late_by,
           greatest(late, earliest) - greatest(early, earliest) AS width,
           CASE WHEN travels_km IS NULL AND setting <> {ONLINE} THEN distance_km ELSE 0 END AS journey_km
    FROM placed
),
scored AS MATERIALIZED (
    SELECT *,
        CASE WHEN late_by = {LATEST} THEN $m1 // 10 ELSE $m1 * $start_half // ($start_half + late_by) END
        + $m2 // array_position(CAST($care_types AS int[]), care_type)
        + $m3 * 10 * $distance_half // (10 * $distance_half + least(CAST(floor(journey_km * 10) AS int), {FARTHEST}))
        + $m4 * CASE WHEN width <= {FAIRLY_CERTAIN_ABOVE_DAYS} AND fresh_until >= $today THEN 8
                     WHEN width <= {UNCERTAIN_ABOVE_DAYS} THEN 6 WHEN width <= {NEVER} THEN 3 ELSE 1 END // 8
        + $m5 * (3 * $need_count + 7 * {{served}}) // greatest(10 * $need_count, 1)
        + CASE WHEN siblings < 0 THEN $m6 * 3 // 10 WHEN siblings >= $together THEN $m6
               ELSE $m6 * greatest(siblings - 1, 0) // $together END
        + CASE past_eighteen WHEN -1 THEN $m7 * 3 // 10 WHEN 1 THEN $m7 ELSE 0 END
        + CASE WHEN contract_id = 0 THEN $m8 ELSE $m8 * (4 - scope) // 4 END
        + $m9 // 2 AS score
    FROM dated
    WHERE could_start < (CAST($outgrown AS int[]))[age_until + 1] AND could_start <= published_until
      AND journey_km <= $furthest AND (travels_km IS NULL OR distance_km <= travels_km)
)
SELECT {{answer}} FROM scored
ORDER BY score DESC, least(start_day - $today, {LATEST}), floor(distance_km * 1000),
         mod(mod(offer_id, {HASH_MODULUS}) * $factor + $term, {HASH_MODULUS})
"""

TYPES = {
    **dict.fromkeys(("lon", "lat", "home_x", "home_y", "home_z", "furthest"), "float8"),
    **dict.fromkeys(("care_types", "areas", "earliest", "outgrown"), "int[]"),
    "codes": "text[]",
    "area_codes": "text[]",
    "past_eighteen": "bool",
}
"""Of PostgreSQL; the others are whole numbers."""


def statement(source: str, *, asked: str, distance: str, served: str, near: str = "", answer: str = "offer_id") -> str:
    """With `$name` for each value and `//` for whole division, as DuckDB reads it."""
    return _STATEMENT.format(source=source, asked=asked, distance=distance, served=served, near=near, answer=answer)


def for_postgres(duck: str) -> str:
    """The same with psycopg's placeholders, each with one type, so that it is prepared once."""
    return re.sub(r"\$(\w+)", _placeholder, duck.replace("//", "/"))


def values(asked: Asked) -> dict[str, Any]:
    maxima = {f"m{number}": maximum for number, maximum in enumerate(asked.maxima, start=1)}
    x, y, z = asked.home
    return {
        **maxima,
        "home_x": x,
        "home_y": y,
        "home_z": z,
        "lon": asked.lon,
        "lat": asked.lat,
        "furthest": asked.furthest,
        "care_types": asked.care_types,
        "areas": asked.areas,
        "earliest": asked.earliest.tolist(),
        "outgrown": asked.outgrown.tolist(),
        "today": asked.today,
        "wanted": asked.wanted,
        "needs": asked.needs,
        "need_count": asked.needs.bit_count(),
        "genders": asked.genders,
        "setting": asked.setting,
        "past_eighteen": asked.past_eighteen,
        "together": asked.together,
        "start_half": asked.start_half,
        "distance_half": asked.distance_half,
        "factor": asked.factor,
        "term": asked.term,
    }


def _placeholder(found: re.Match[str]) -> str:
    name = found[1]
    return f"%({name})s::{TYPES.get(name, 'int8')}"
