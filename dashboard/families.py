"""The route for families: whom to call in a municipality, as the API tells everybody."""

from datetime import date

from dashboard.answers import Answer, Freshness, Named
from dashboard.client import Client
from dashboard.texts import families as words
from dashboard.texts import showing


class FamilyContact(Answer):
    when: str
    name: str
    phone: str | None = None
    email: str | None = None
    website: str | None = None
    hours: str | None = None
    checked_on: date | None = None
    freshness: Freshness | None = None


class RouteForFamilies(Answer):
    municipality: Named
    contacts: tuple[FamilyContact, ...]
    crisis: tuple[FamilyContact, ...]


def route(client: Client, municipality: str) -> RouteForFamilies:
    return client.get(f"municipalities/{municipality}/route-for-families", RouteForFamilies)


def ways(contact: FamilyContact) -> str:
    """How to reach somebody, as links that a telephone understands."""
    phone = f"[{contact.phone}](tel:{contact.phone.replace(' ', '')})" if contact.phone else None
    email = f"[{contact.email}](mailto:{contact.email})" if contact.email else None
    site = f"[{contact.website}]({contact.website})" if contact.website else None
    return " · ".join(way for way in (phone, email, site, contact.hours) if way)


def how_old(contact: FamilyContact) -> str | None:
    """When somebody last looked whether this is right; a national number needs nobody to look."""
    if contact.checked_on is None:
        return None
    if contact.freshness == "stale":
        return words.OLD
    return words.CHECKED.format(day=showing.long_day(contact.checked_on))
