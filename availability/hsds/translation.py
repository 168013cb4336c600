"""Our offers in the words of HSDS 3.2 (Open Referral). Pure.

A service is an offer, an organization a provider. The names are the standard's own, and so in snake_case. Left out is
what only some may see: waits, numbers waiting, notes, who stated. Of a location the postcode's four figures are as near
as it gets, so there is no postal address: HSDS asks for a street in one.
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Row

from availability.hsds.identifiers import Thing, number_of_area, uuid_of

Json = dict[str, Any]

VERSION = "3.2"
PROFILE = "https://docs.openreferral.org/en/3.2/"
OPENAPI = "https://raw.githubusercontent.com/openreferral/specification/3.2/schema/openapi.json"
UNIT = {"id": uuid_of(Thing.UNIT, 1), "name": "Plek voor een kind"}

AGB = "AGB-code (Vektis)"
VACANT = "Vrije plekken, zoals de aanbieder ze opgaf, min wat daarvan al wordt vastgehouden."

Area = Callable[[str], str]
"""Its name by its code."""


def feed(contact: str) -> Json:
    """What the standard's `GET /` tells: which version, how it is described, and by whom."""
    return {
        "version": VERSION,
        "profile": PROFILE,
        "openapi_url": OPENAPI,
        "description": "Aanbod van jeugdhulp met vrije plekken. Alleen wat iedereen mag zien.",
        "publisher": {"name": "Zorgbeschikbaarheid", "email": contact},
    }


def organization(row: Row[Any]) -> Json:
    number = int(row.agb_code)
    return {
        "id": uuid_of(Thing.ORGANIZATION, number),
        "name": row.name,
        "description": "Aanbieder van jeugdhulp.",
        **({"website": row.website} if row.website else {}),
        "organization_identifiers": [
            {
                "id": uuid_of(Thing.IDENTIFIER, number),
                "identifier_scheme": "NL-AGB",
                "identifier_type": AGB,
                "identifier": row.agb_code,
            }
        ],
    }


def location(row: Row[Any], id_: int, name: str) -> Json:
    return {
        "id": uuid_of(Thing.LOCATION, id_),
        "location_type": "physical",
        "organization_id": uuid_of(Thing.ORGANIZATION, int(row.agb_code)),
        "name": name,
        "description": f"{row.place}, postcodegebied {row.pc4}",
        "latitude": round(row.lat, 5),
        "longitude": round(row.lon, 5),
    }


def service(row: Row[Any]) -> Json:
    """With what it has one of."""
    return {
        "id": uuid_of(Thing.SERVICE, row.id),
        "organization_id": uuid_of(Thing.ORGANIZATION, int(row.agb_code)),
        "name": row.name,
        "description": row.description or row.care_type_description,
        "status": "temporarily closed" if row.admission_stop else "active",
        "eligibility_description": f"{row.care_type_name}, van {row.age_from} tot en met {row.age_until} jaar",
        "minimum_age": row.age_from,
        "maximum_age": row.age_until,
        **({"assured_date": row.stated_at.date().isoformat()} if row.stated_at else {}),
        "last_modified": _moment(row.changed_at),
        **({"alert": "Opnamestop: nu geen nieuwe kinderen."} if row.admission_stop else {}),
    }


def minimal_service(row: Row[Any]) -> Json:
    """Only which and when. The standard's API calls the moment `modified_date`, its schema `last_modified`."""
    changed = _moment(row.changed_at)
    return {"id": uuid_of(Thing.SERVICE, row.id), "modified_date": changed, "last_modified": changed}


def full_service(row: Row[Any], area_name: Area) -> Json:
    """With all that belongs to it."""
    provider = {"id": uuid_of(Thing.ORGANIZATION, int(row.agb_code)), "name": row.provider_name}
    return {
        **service(row),
        "organization": {**provider, "description": "Aanbieder van jeugdhulp."},
        "service_at_locations": [service_at_location(row)],
        "service_areas": list(_areas(row, area_name)),
        "capacities": [capacity(row)] if row.statement_id else [],
    }


def service_at_location(row: Row[Any]) -> Json:
    return {
        "id": uuid_of(Thing.SERVICE_AT_LOCATION, row.id),
        "service_id": uuid_of(Thing.SERVICE, row.id),
        "location_id": uuid_of(Thing.LOCATION, row.location_id),
        "location": location(row, row.location_id, row.location_name),
    }


def full_service_at_location(row: Row[Any]) -> Json:
    return {**service_at_location(row), "service": service(row)}


def capacity(row: Row[Any]) -> Json:
    """Places that somebody could have now: as last stated, without what is held for a child since; none behind an
    admission stop, and none before the day from which there is one."""
    closed = row.admission_stop or row.opens_on
    return {
        "id": uuid_of(Thing.CAPACITY, row.id),
        "service_id": uuid_of(Thing.SERVICE, row.id),
        "unit": UNIT,
        "available": 0 if closed else max(row.open_places - row.held_places, 0),
        "maximum": row.total_places,
        "description": VACANT + (f" Er is plek vanaf {row.opens_on.isoformat()}." if row.opens_on else ""),
        "updated": _moment(row.room_changed_at),
    }


def page(contents: list[Json], number: int, size: int, total: int) -> Json:
    """A piece of a list, as HSDS pages it."""
    pages = -(-total // size)
    return {
        "total_items": total,
        "total_pages": pages,
        "page_number": number,
        "size": len(contents),
        "first_page": number == 1,
        "last_page": number >= pages,
        "empty": not contents,
        "contents": contents,
    }


def _areas(row: Row[Any], area_name: Area) -> Iterable[Json]:
    for code in row.areas:
        yield {
            "id": uuid_of(Thing.SERVICE_AREA, row.id, number_of_area(code)),
            "service_id": uuid_of(Thing.SERVICE, row.id),
            "name": area_name(code),
        }


def _moment(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
