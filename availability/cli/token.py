"""`zorg token`: be somebody in a running demo."""

import re
from datetime import UTC, datetime
from typing import Annotated

import typer

from availability.access.demo import mint_demo_token
from availability.access.identity import Role
from availability.access.queries import organisation_name
from availability.cli.expected import Stop
from availability.cli.surroundings import DATABASE, demo_settings, known_demo_key, own_server, transaction
from availability.cluster import Server, place_of

app = typer.Typer()

MUNICIPALITY = (r"GM\d{4}", "een gemeentecode, bijvoorbeeld GM0202")
REGION = (r"JZ\d{2}", "de code van een jeugdregio, bijvoorbeeld JZ28")
REGION_OR_MUNICIPALITY = (r"JZ\d{2}|GM\d{4}", "de code van een jeugdregio of gemeente, bijvoorbeeld JZ28 of GM0202")
AGB_CODE = (r"\d{8}", "een AGB-code van acht cijfers")
NOBODY = ("-", "een streepje: -")

ORGANISATIONS = {
    Role.PROVIDER: AGB_CODE,
    Role.LOCAL_TEAM: MUNICIPALITY,
    Role.YOUTH_PROTECTION: AGB_CODE,
    Role.RET_CHAIR: REGION,
    Role.REGIONAL_CONTACT: REGION,
    Role.CARE_BROKER: REGION,
    Role.CONTRACT_MANAGER: REGION_OR_MUNICIPALITY,
    Role.BACK_OFFICE: MUNICIPALITY,
    Role.OFFICIAL: MUNICIPALITY,
    Role.ADMIN: NOBODY,
}
"""For whom each role works: what the code looks like, and how to say that."""


@app.command(context_settings={"ignore_unknown_options": True})  # `-` is an organisation here
def token(
    role: Annotated[str, typer.Argument(help=f"Een rol: {', '.join(Role)}.")],
    organisation: Annotated[str, typer.Argument(help="GM0202, JZ28, een AGB-code, of - voor admin.")],
) -> None:
    """Geeft een toegangstoken voor de demo, 12 uur geldig."""
    if role not in set(Role):
        raise Stop(f"De rol {role} bestaat niet. Kies uit: {', '.join(Role)}.")
    pattern, spelled = ORGANISATIONS[Role(role)]
    if not re.fullmatch(pattern, organisation):
        raise Stop(f"Bij de rol {role} hoort {spelled}.")
    known_demo_key()
    _refuse_unknown(organisation)
    typer.echo(mint_demo_token(demo_settings(own_server()), role, organisation, datetime.now(UTC)))


def _refuse_unknown(organisation: str) -> None:
    """Asks the demo's database when it runs. A token made beforehand is taken on trust, as the demo itself would."""
    server = Server(place_of())
    url = own_server() or (server.url(DATABASE) if server.answers() else "")
    if not url or organisation == "-":
        return
    with transaction(url) as session:
        if organisation_name(session, organisation) is None:
            raise Stop(f"De demo kent geen organisatie met de code {organisation}.")
