"""Who the caller is, and who one may be in the demo, as they go over the wire."""

from datetime import datetime

from availability.access.identity import Role
from availability.codes import Organisation
from availability.messages import Message

ROLE_NAMES: dict[Role, str] = {
    Role.PROVIDER: "Jeugdhulpaanbieder",
    Role.LOCAL_TEAM: "Lokaal team",
    Role.YOUTH_PROTECTION: "Jeugdbescherming",
    Role.RET_CHAIR: "Voorzitter regionaal expertteam",
    Role.REGIONAL_CONTACT: "Regionale contactpersoon",
    Role.CONTRACT_MANAGER: "Contractmanager",
    Role.BACK_OFFICE: "Backoffice gemeente",
    Role.OFFICIAL: "Aangewezen functionaris",
    Role.ADMIN: "Beheerder",
}


class Me(Message):
    subject: str
    role: Role
    organisation: str
    organisation_name: str | None


class DemoAccount(Message):
    role: Role
    role_name: str
    organisation: str
    organisation_name: str | None
    note: str


class TokenWish(Message):
    role: Role
    organisation: Organisation


class DemoToken(Message):
    token: str
    expires_at: datetime
