"""A refusal as a document: with a number, a code that shows whether it is genuine, and a page to print.

The code is made of what the document says and a random seal that is kept with it. So it can be printed again, and no
word of the document can be changed without the code being wrong.
"""

import base64
import hashlib
import hmac
import secrets
from collections.abc import Iterator
from datetime import date
from html import escape
from string import Template
from typing import Any, Self

from sqlalchemy import Row

from availability.messages import CodeAndName, Message
from availability.referrals.messages import OfferName, ProviderName, names_of
from availability.referrals.reasons import REASONS, Reason
from availability.vocabulary.lexicon import Lexicon
from matcher.dutch import day

SEALED = (
    "number", "referral_id", "provider_agb", "offer_id", "issued_on", "reason", "need_codes", "explanation",
    "start_possible_on",
)  # fmt: skip
"""What the code vouches for."""

CODE_BYTES = 10
"""Eighty bits, sixteen letters: not to be guessed, and still to be typed over from paper."""


def new_seal() -> str:
    return secrets.token_hex(32)


def code_of(document: Row[Any]) -> str:
    """Four groups of four letters and digits."""
    said = "\n".join(str(getattr(document, name)) for name in SEALED)
    made = hmac.digest(document.seal.encode(), said.encode(), hashlib.sha256)[:CODE_BYTES]
    letters = base64.b32encode(made).decode()
    return "-".join(letters[start : start + 4] for start in range(0, len(letters), 4))


def vouches(document: Row[Any], code: str) -> bool:
    """Whether this is the code on the paper; capitals and dashes are the reader's own."""
    typed = "".join(code.upper().replace("-", " ").split())
    return hmac.compare_digest(typed.encode(), code_of(document).replace("-", "").encode())


class RefusalTold(Message):
    """The refusal of timely or fitting help: what opens step 5."""

    number: str
    code: str
    """Shows with the number whether the document is genuine."""
    issued_on: date
    provider: ProviderName
    offer: OfferName | None
    care_type: str | None
    reference: str
    """The case reference of the organisation that asked."""
    sent_on: date
    due_on: date
    in_time: bool
    through_network: bool
    reason: Reason
    reason_text: str
    ijw_code: str | None
    """iJw 3.2 WJ759, where that list has a word for it."""
    needs: list[CodeAndName]
    explanation: str | None
    start_possible_on: date | None
    revoked: bool
    """The refusal was recorded by mistake and corrected: the document no longer legitimates anything."""

    @classmethod
    def of(cls, row: Row[Any], lexicon: Lexicon) -> Self:
        meaning = REASONS[Reason(row.reason)]
        return cls(
            number=row.number,
            code=code_of(row),
            issued_on=row.issued_on,
            provider=ProviderName(agb_code=row.provider_agb, name=row.provider_name),
            offer=OfferName(id=row.offer_id, name=row.offer_name) if row.offer_id else None,
            care_type=row.care_type_name,
            reference=row.reference,
            sent_on=row.sent_on,
            due_on=row.due_on,
            in_time=row.issued_on <= row.due_on,
            through_network=row.network_request_id is not None,
            reason=Reason(row.reason),
            reason_text=meaning.text,
            ijw_code=meaning.ijw,
            needs=names_of(row.need_codes, lexicon.need),
            explanation=row.explanation,
            start_possible_on=row.start_possible_on,
            revoked=row.revoked,
        )


class Verification(Message):
    """Whether a document is genuine. Of one that is not, nothing is said."""

    genuine: bool
    revoked: bool | None = None
    """It was made by us, and taken back since."""
    issued_on: date | None = None
    provider: ProviderName | None = None


def verification(document: Row[Any] | None, code: str) -> Verification:
    if document is None or not vouches(document, code):
        return Verification(genuine=False)
    provider = ProviderName(agb_code=document.provider_agb, name=document.provider_name)
    return Verification(genuine=True, revoked=document.revoked, issued_on=document.issued_on, provider=provider)


def page(refusal: RefusalTold) -> str:
    """The document to print: one page that needs nothing from elsewhere."""
    rows = "".join(
        f"<tr><th scope='row'>{escape(name)}</th><td>{escape(said)}</td></tr>" for name, said in _lines(refusal)
    )
    return _PAGE.substitute(number=escape(refusal.number), code=escape(refusal.code), rows=rows)


def _lines(refusal: RefusalTold) -> Iterator[tuple[str, str]]:
    """What stands on the paper, in order; what was not said is not there."""
    answered = "op tijd" if refusal.in_time else "na de termijn"
    if refusal.revoked:
        yield "Ingetrokken", "Deze afwijzing is later hersteld. Zij geldt niet meer."
    yield "Nummer", refusal.number
    yield "Datum", day(refusal.issued_on)
    yield "Aanbieder", f"{refusal.provider.name} (AGB {refusal.provider.agb_code})"
    if refusal.offer:
        yield "Aanbod", ", ".join(filter(None, (refusal.offer.name, refusal.care_type)))
    yield "Kenmerk van de casus", refusal.reference
    yield "Gevraagd", f"{day(refusal.sent_on)}{', via het netwerk' if refusal.through_network else ''}"
    yield "Antwoord", f"{day(refusal.issued_on)}, {answered} (uiterlijk {day(refusal.due_on)})"
    yield "Reden", refusal.reason_text
    if refusal.needs:
        yield "Past niet bij", ", ".join(need.name for need in refusal.needs)
    if refusal.explanation:
        yield "Toelichting", refusal.explanation
    if refusal.start_possible_on:
        yield "Mogelijk vanaf", day(refusal.start_possible_on)


_PAGE = Template("""<!doctype html>
<html lang="nl">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Afwijzing $number</title>
<style>
@page { size: A4; margin: 20mm }
body { font: 16px/1.5 system-ui, sans-serif; color: #1a1a1a; background: #fff; max-width: 44rem; margin: 2rem auto;
  padding: 0 1rem }
h1 { font-size: 1.5rem; margin: 0 0 .25rem }
table { border-collapse: collapse; width: 100%; margin: 1.5rem 0 }
th, td { text-align: left; vertical-align: top; padding: .5rem .75rem .5rem 0; border-bottom: 1px solid #c8c8c8 }
th { width: 14rem; font-weight: 600 }
td { overflow-wrap: anywhere; white-space: pre-line }
.code { font: 1.25rem/1.5 ui-monospace, monospace; letter-spacing: .05em }
@media print { body { margin: 0; max-width: none; font-size: 11pt } tr { break-inside: avoid } }
@media (max-width: 30rem) { th, td { display: block; border: 0; padding: 0 } td { margin-bottom: .75rem } }
</style>
</head>
<body>
<main>
<h1>Afwijzing: geen tijdige of passende hulp</h1>
<p>De aanbieder kan deze hulp niet op tijd of niet passend geven. Met dit document kan stap 5 beginnen: het netwerk van
aanbieders of het regionaal expertteam.</p>
<table>$rows</table>
<h2>Is dit document echt?</h2>
<p>Controleer het met het nummer $number en deze code:</p>
<p class="code">$code</p>
<p>De controle zegt alleen wie de afwijzing gaf en wanneer. Over de jeugdige zegt zij niets.</p>
</main>
</body>
</html>
""")
