"""Who the caller is, and who one may be in the demo, as they go over the wire."""

from datetime import datetime

from pydantic import ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from availability.access.identity import Role, has_an_organisation
from availability.codes import Organisation
from availability.messages import Message

ROLE_NAMES: dict[Role, str] = {
    Role.PROVIDER: "Jeugdhulpaanbieder",
    Role.LOCAL_TEAM: "Lokaal team",
    Role.YOUTH_PROTECTION: "Jeugdbescherming",
    Role.RET_CHAIR: "Voorzitter regionaal expertteam",
    Role.REGIONAL_CONTACT: "Regionale contactpersoon",
    Role.CARE_BROKER: "Zorgbemiddelaar",
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

    @field_validator("organisation")
    @classmethod
    def somebodys(cls, organisation: str, wished: ValidationInfo) -> str:
        role = wished.data.get("role")
        if role is not None and not has_an_organisation(role, organisation):
            raise PydanticCustomError("no_organisation", "Bij deze rol hoort een organisatie.")
        return organisation


class DemoToken(Message):
    token: str
    expires_at: datetime
