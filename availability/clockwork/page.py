"""The one page that the API itself shows: offers to be confirmed, and how that ended. Plain HTML, without a script.

Pure: values in, a page out. It works on a phone, with a keyboard and with a screen reader, and loads nothing.
"""

import base64
import hashlib
from collections.abc import Callable, Sequence
from datetime import date
from html import escape
from typing import Any

from sqlalchemy import Row

from availability.clock import dutch_day
from matcher import dutch

STYLE = """
body { margin: 0 auto; max-width: 40rem; padding: 1rem; font: 1.125rem/1.5 system-ui, sans-serif; color: #14292f;
  background: #fff; }
h1 { font-size: 1.5rem; line-height: 1.25; }
ul { list-style: none; margin: 1.5rem 0; padding: 0; }
li { border: 1px solid #d3dcde; border-radius: .5rem; margin: 0 0 .75rem; padding: .75rem 1rem; }
h2 { font-size: 1.125rem; margin: 0; }
li p { margin: .25rem 0 0; }
button, .button { display: inline-block; border: 0; border-radius: .5rem; background: #0b5f6b; color: #fff;
  font: inherit; font-weight: 600; padding: .75rem 1.25rem; min-height: 2.75rem; cursor: pointer; }
button:focus-visible, a:focus-visible { outline: 3px solid #14292f; outline-offset: 3px; }
a { color: #0b5f6b; }
"""

_DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()

POLICY = f"default-src 'none'; style-src 'sha256-{_DIGEST}'; form-action 'self'; frame-ancestors 'none'"
"""This style, a form to ourselves, and nothing else."""

SEEN = "opgave"
"""The form's field: which statement of which offer somebody saw when she confirmed it."""


def offers_to_confirm(provider: str, offers: Sequence[Row[Any]], dashboard: str) -> str:
    """The offers with what holds now, and one button."""
    if not offers:
        return message("Er is niets te bevestigen", "Deze opgaven zijn er niet meer.", dashboard)
    listed = "".join(_listed(offer) for offer in offers)
    fields = "".join(f'<input type="hidden" name="{SEEN}" value="{seen(offer)}">' for offer in offers)
    return _page(
        "Is er niets veranderd?",
        f"""<p>Dit zijn opgaven van {escape(provider)}. Klopt alles nog? Bevestig ze dan samen.</p>
<ul>{listed}</ul>
<form method="post">{fields}<button type="submit">{_button(len(offers))}</button></form>
<p>Is er wel iets veranderd? {_elsewhere("Werk uw plekken bij", dashboard)}.</p>""",
    )


def confirmed(names: Sequence[str], changed: Sequence[str], dashboard: str) -> str:
    """What was confirmed, and what was not because somebody stated it anew in between."""
    done = f"<p>U bevestigde vandaag:</p>{_names(names)}" if names else "<p>Er is niets bevestigd.</p>"
    rest = (
        f"<p>Deze opgaven zijn ondertussen gewijzigd. Die bleven zoals ze zijn:</p>{_names(changed)}" if changed else ""
    )
    title = "Dank u, uw opgave is weer actueel" if names else "Er is niets bevestigd"
    return _page(title, f"{done}{rest}<p>{_elsewhere('Bekijk uw plekken', dashboard)}.</p>")


def message(title: str, sentence: str, dashboard: str) -> str:
    return _page(title, f"<p>{escape(sentence)}</p><p>{_elsewhere('Bekijk uw plekken', dashboard)}.</p>")


def seen(offer: Row[Any]) -> str:
    """An offer and its statement as the form sends them back."""
    return f"{offer.offer_id}-{offer.statement_id}"


def _page(title: str, body: str) -> str:
    return f"""<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{escape(title)} - Zorgbeschikbaarheid</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>{escape(title)}</h1>
{body}
</main>
</body>
</html>
"""


def _listed(offer: Row[Any]) -> str:
    lines = (offer.place, _places(offer), _waits(offer), *_also_stated(offer), f"Opgave van {dutch.day(_day(offer))}")
    return f"<li><h2>{escape(offer.name)}</h2>" + "".join(f"<p>{escape(line)}</p>" for line in lines) + "</li>"


def _places(offer: Row[Any]) -> str:
    """Closed is not zero: an admission stop is said as one."""
    stop = "Opnamestop. " if offer.admission_stop else ""
    free = f"{offer.open_places} {'plek' if offer.open_places == 1 else 'plekken'} vrij van {offer.total_places}"
    return f"{stop}{free}. Bezet: {offer.occupied_places}. Gereserveerd: {offer.reserved_places}."


def _waits(offer: Row[Any]) -> str:
    intake, treatment = dutch.duration(offer.intake_wait_days), dutch.duration(offer.treatment_wait_days)
    return f"Wachten op het eerste gesprek: {intake}. Daarna op de hulp: {treatment}."


def _also_stated(offer: Row[Any]) -> list[str]:
    """Whatever else the button states again; what is unknown stays unknown, and unsaid."""
    stated = ((label, getattr(offer, name), shown) for name, (label, shown) in ALSO_STATED.items())
    return [f"{label}: {shown(value)}." for label, value, shown in stated if value is not None]


ALSO_STATED: dict[str, tuple[str, Callable[[Any], str]]] = {
    "available_from": ("Plek vanaf", dutch.day),
    "waiting_count": ("Wachtend", dutch.number),
    "started_last_90_days": ("Gestart in 90 dagen", dutch.number),
    "withdrawn_last_90_days": ("Afgehaakt in 90 dagen", dutch.number),
    "note": ("Toelichting", lambda note: note.rstrip(". ")),
}
"""What a statement may leave out, in the words of the grid and the spreadsheet."""


def _day(offer: Row[Any]) -> date:
    return dutch_day(offer.stated_at)


def _button(count: int) -> str:
    return "Er is niets veranderd" if count == 1 else f"Er is niets veranderd aan deze {count}"


def _names(names: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{escape(name)}</li>" for name in names) + "</ul>"


def _elsewhere(label: str, dashboard: str) -> str:
    return f'<a href="{escape(dashboard, quote=True)}">{escape(label)}</a>'
