"""Both routes drawn from their table: a Mermaid diagram and the list of terms, for docs/routes.md.

`python -m matcher.route_diagram > docs/routes.md` draws them anew; a test holds the page to the table.
"""

import sys
from collections.abc import Iterator, Sequence

from matcher.beside_routes import BESIDE_DUTIES
from matcher.case_events import EventKind, Route
from matcher.case_words import ACTORS, AMONG, EVENTS, MARKS, OPENERS, STEP_NAMES, TASKS, TRIGGERS
from matcher.coming_of_age import AGE_DUTIES
from matcher.duties import Duty, Mark, Moment, Term, Unit
from matcher.escalation import ESCALATION_DUTIES, LEVELS
from matcher.moments import FOLLOWS_FROM, SAYING, STEP_1
from matcher.routes import OVERALL, ROUTE_DUTIES

HEAD = """# De routes 301 en 315

Deze pagina is getekend uit de tabellen in `matcher/routes.py`, `matcher/beside_routes.py`, `matcher/escalation.py` en
`matcher/coming_of_age.py`. Tekenen doet u met `python -m matcher.route_diagram > docs/routes.md`.

Een pijl zegt: dit opent de taak. Een taak heeft één eigenaar en één termijn. Is een termijn voorbij, dan blijft de taak
open: een casus schuift nooit vanzelf door. De start van de hulp, een directe plaatsing en een intrekking sluiten alles.

Termijnen met een sterretje (*) staan niet in de bronnen. Die hebben wij gekozen, zodat iedere taak een dag heeft.

Wat wij verder zelf hebben gekozen:

- Bij een casus van een lokaal team zelf telt het contact met het lokale team bij de opening als gedaan. De bepaling
  hoeft het team niet aan zichzelf te sturen. De eigen leidinggevende opent stap 6.
- Is de ontvangst van de bepaling niet vastgelegd, dan geldt de dag van versturen.
- Op route 315 lopen de vijf werkdagen voor het verzoek (315) vanaf de dag waarop de aanbieder de aanmelding aanneemt.
- Op route 301 geldt vóór de toewijzing alleen de termijn van de hele route voor het antwoord van de aanbieder.
- Het lokale team ziet iedere stap in de casus zelf. Daarom is vertellen in stap 5 geen aparte taak.
- Na een andere verantwoordelijke gemeente begint het contact opnieuw. Bij een andere regio begint ook stap 5B opnieuw.
- Na een andere route of gemeente loopt een termijn op zijn vroegst vanaf die dag. De termijn van de hele route blijft.
- Een heropende casus is een nieuwe zoektocht en begint bij stap 1. De geschiedenis blijft.
- Zolang een toegezegde plek staat, hoeft een andere gevraagde aanbieder niet te antwoorden, en kan hij niet aannemen.
  Gaat die plek niet door, dan wordt hij weer gevraagd; zijn termijn is dezelfde gebleven.
- Zodra niemand meer gevraagd is, moet de medewerker kiezen. Zo ligt een casus nooit stil.
"""

NAMES = {Route.ACCESS: "Route 301: de lokale toegang", Route.PROVIDER: "Route 315: de aanbieder"}


def page() -> str:
    """The whole of docs/routes.md."""
    return "\n".join([HEAD, *_routes(), *_table("Naast de routes", BESIDE_DUTIES), *_cooperation(), *_ages(), ""])


def _routes() -> Iterator[str]:
    for route, name in NAMES.items():
        duties = [duty for duty in ROUTE_DUTIES if route in duty.routes]
        yield f"## {name}\n"
        yield f"De hele route: {_term(OVERALL[route])}, tot duidelijk is wie de hulp geeft.\n"
        yield diagram(route, duties) + "\n"
        yield from _rows(duties)


def diagram(route: Route, duties: Sequence[Duty]) -> str:
    """A Mermaid flowchart: what happened opens a task, doing it happens next. Dotted: what follows by itself."""
    lines = ["```mermaid", "flowchart TD"]
    for step in dict.fromkeys(duty.step for duty in duties):
        tasks = [f"    {_node(duty)}[{_text(duty)}]" for duty in duties if duty.step == step]
        lines += [f'  subgraph step_{step}["{STEP_NAMES[step]}"]', *tasks, "  end"]
    opens = [(moment, duty) for duty in duties for moment in duty.opens]
    shown = dict.fromkeys([*(moment for moment, _ in opens), *(duty.closes[0] for duty in duties)])
    follows = [(earlier, mark) for mark in shown if isinstance(mark, Mark) for earlier in _follows_from(mark, route)]
    for moment in dict.fromkeys([*shown, *(earlier for earlier, _ in follows)]):
        lines.append(f'  {_slug(moment)}(["{_named(moment)}"])')
    lines += [f'  {_slug(moment)} -->|"{_terms(duty)}"| {_node(duty)}' for moment, duty in opens]
    lines += [f"  {_node(duty)} --> {_slug(duty.closes[0])}" for duty in duties]
    lines += [f"  {_slug(earlier)} -.-> {_slug(mark)}" for earlier, mark in follows]
    return "\n".join([*lines, "```"])


def _follows_from(mark: Mark, route: Route) -> tuple[Moment, ...]:
    if mark is Mark.CONTACTED:
        return STEP_1[route]
    return FOLLOWS_FROM.get(mark) or (SAYING[mark][0],)


def _table(title: str, duties: Sequence[Duty]) -> Iterator[str]:
    yield f"## {title}\n"
    yield from _rows(duties)


def _rows(duties: Sequence[Duty]) -> Iterator[str]:
    yield "| stap | taak | wie | opent door | klaar door | termijn |"
    yield "|---|---|---|---|---|---|"
    for duty in sorted(duties, key=lambda duty: list(STEP_NAMES).index(duty.step)):
        opens = ", ".join(_named(moment) for moment in duty.opens)
        closes = ", ".join(dict.fromkeys(_named(moment) for moment in (*duty.closes, *duty.ends)))
        cells = (STEP_NAMES[duty.step], _sentence(duty), ACTORS[duty.actor], opens, closes, _terms(duty))
        yield f"| {' | '.join(cells)} |"
    yield ""


def _cooperation() -> Iterator[str]:
    yield "## Escalatiemodel bij vastgelopen samenwerking\n"
    yield "Dit model staat los van de routes. Het gezin hoort het vooraf, of u legt vast waarom het later gebeurt.\n"
    yield "| niveau | wie praten | wie opent | waarvoor |"
    yield "|---|---|---|---|"
    for number, level in LEVELS.items():
        openers = ", ".join(OPENERS[code] for code in level.opened_by)
        triggers = "; ".join(TRIGGERS[code] for code in level.triggers)
        last = " (alleen als beleid tekortschiet of eerdere niveaus niet hielpen)" if level.last_resort else ""
        yield f"| {number} | {AMONG[level.among]} | {openers} | {triggers}{last} |"
    yield ""
    yield from _rows(ESCALATION_DUTIES)


def _ages() -> Iterator[str]:
    yield "## Op weg naar 18\n"
    yield "| leeftijd | taak | klaar door |"
    yield "|---|---|---|"
    for duty in AGE_DUTIES:
        years, months = divmod(duty.age, 12)
        yield f"| {years}{'½' if months else ''} jaar | {TASKS[duty.code]} | {EVENTS[duty.closes]} |"


# --- words ---------------------------------------------------------------------------------------------------------


def _sentence(duty: Duty) -> str:
    return TASKS[duty.code].removesuffix(".")


def _text(duty: Duty) -> str:
    return f'"{_sentence(duty)}<br/>{ACTORS[duty.actor]}"'


def _named(moment: Moment) -> str:
    return EVENTS[moment] if isinstance(moment, EventKind) else MARKS[moment]


def _node(duty: Duty) -> str:
    """No hyphens: the bare word "end" means something else to Mermaid."""
    return f"{duty.code}_{duty.step}_{duty.opens[0]}".replace("-", "_")


def _slug(moment: Moment) -> str:
    return f"moment_{moment}".replace("-", "_")


def _terms(duty: Duty) -> str:
    words = ", of ".join(dict.fromkeys(map(_term, duty.terms)))
    return f"{words} *" if duty.assumed else words


def _term(term: Term) -> str:
    if term.counted_by:
        return "korter volgens contract"
    if term.value:
        return f"{_counted(term)} {SAID_DAYS[term.value]}".strip()
    since = f" na: {_named(term.since)}" if term.since else ""
    return _counted(term) + since


def _counted(term: Term) -> str:
    return "1 week" if (term.count, term.unit) == (1, Unit.WEEKS) else TERM_WORDS[term.unit].format(count=term.count)


TERM_WORDS = {
    Unit.WORKING_DAYS: "{count} werkdagen",
    Unit.WEEKS: "{count} weken",
    Unit.AT_ONCE: "direct",
    Unit.ON_THE_DAY: "op de afgesproken dag",
}
SAID_DAYS = {"startDate": "na de afgesproken start", "until": "na het einde in de bepaling", "on": "", "reviewOn": ""}


if __name__ == "__main__":
    sys.stdout.write(page())
