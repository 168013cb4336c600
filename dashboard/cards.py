"""An offer as a card: HTML of our own, so that twenty cards are one element and "Waarom?" opens without asking.

Everything that came from outside is escaped here, and nowhere else is HTML made.
"""

from collections.abc import Iterable
from datetime import date
from html import escape

from dashboard import answers
from dashboard.texts import nl, showing


def result_list(matches: Iterable[answers.Match], today: date) -> str:
    """The offers that fit, best first, as an ordered list."""
    return f'<ol class="zb-list">{"".join(match_card(match, today) for match in matches)}</ol>'


def match_card(match: answers.Match, today: date) -> str:
    """One offer that fits: what, where, when, and why it stands here."""
    return (
        '<li class="zb-card">'
        f'<div class="zb-rank" aria-hidden="true">{match.rank}</div>'
        '<div class="zb-body">'
        f"{_heading(match)}{_facts(match, today)}{_bars(match.reasons)}{_sentence(match.reasons)}{_why(match)}"
        "</div></li>"
    )


def short_list(matches: Iterable[answers.Match], today: date) -> str:
    """The offers beside the map: the same numbers, one line each."""
    items = (
        f'<li class="zb-line"><b>{match.rank}</b><div><h3>{escape(match.provider.name)}</h3>'
        f"<p>{escape(_what(match))}</p>"
        f"<p>{escape(_where(match))} · {escape(showing.places(match.open_places))}</p>"
        f"<p>{escape(_start(match, today))}</p></div></li>"
        for match in matches
    )
    return f'<ol class="zb-list zb-lines" tabindex="0" aria-label="{escape(nl.LIST_HEADING)}">{"".join(items)}</ol>'


def plain_list(cards: Iterable[tuple[answers.Seen, str]]) -> str:
    """Offers that do not fit, each with the one sentence that says why."""
    items = (
        f'<li class="zb-plain">{_heading(card)}{f"<p>{escape(text)}</p>" if text else ""}</li>' for card, text in cards
    )
    return f'<ul class="zb-list">{"".join(items)}</ul>'


def count_line(answer: answers.Matches, most: int) -> str:
    """How many fit, nearly fit and are contracted: read aloud when it changes. From `most` on, the rest is unknown."""
    fit, near = len(answer.matches), len(answer.near_misses)
    contracted = fit + answer.excluded.total
    parts = (
        f"<strong>{_at_least(fit, most)} {'past' if fit == 1 else 'passen'}</strong>",
        f"<span>{_at_least(near, most)} bijna</span>" if near else "",
        f"<span>{showing.whole(contracted)} gecontracteerd</span>" if fit < most else "",
    )
    return f'<p class="zb-count" role="status">{" · ".join(part for part in parts if part)}</p>'


def hidden_heading(text: str) -> str:
    """What a list is called, for who hears the page; who sees it, sees what it is."""
    return f'<h2 class="zb-hidden">{escape(text)}</h2>'


def legend() -> str:
    """The wait scale in words beside its colours."""
    steps = (
        f'<li><span class="zb-swatch" style="background:{step.colour}"></span>{escape(step.name)}</li>'
        for step in (*showing.WAIT_SCALE, showing.WAIT_UNKNOWN)
    )
    return f'<ul class="zb-legend" aria-label="{escape(nl.MAP_LEGEND)}">{"".join(steps)}</ul>'


def _at_least(number: int, most: int) -> str:
    return showing.whole(number) if number < most else f"{showing.whole(number)} of meer"


def _heading(card: answers.Seen) -> str:
    whose, where = escape(card.provider.name), escape(_where(card))
    return (
        f'<div class="zb-head"><h3>{whose}</h3><span class="zb-where">{where}</span></div>'
        f'<p class="zb-sub">{escape(_what(card))}</p>'
    )


def _what(card: answers.Card) -> str:
    """The offer by its own name, with what that name does not say yet: the kind of care and the ages."""
    said = card.offer.lower()
    care = card.care_type.name if card.care_type.name.lower() not in said else ""
    ages = showing.ages(card.age_from, card.age_until) if "jaar" not in said else ""
    return " · ".join(part for part in (card.offer, care, ages) if part)


def _where(card: answers.Seen) -> str:
    return f"{card.location.place} · {showing.distance(card.distance_km)}"


def _facts(match: answers.Match, today: date) -> str:
    room = "zb-open" if match.open_places else "zb-full"
    facts = [
        f'<li class="{room}">{escape(showing.places(match.open_places))}</li>',
        f'<li class="zb-start">{escape(_start(match, today))}</li>',
        f"<li>{escape(showing.CERTAINTY[match.certainty])}</li>",
    ]
    if match.stated_at and match.freshness:
        age = showing.age_of_statement(showing.amsterdam_day(match.stated_at), today)
        facts.append(
            f'<li class="zb-{match.freshness}">{escape(f"{showing.FRESHNESS[match.freshness]}: {age.lower()}")}</li>'
        )
    return f'<ul class="zb-facts">{"".join(facts)}</ul>'


def _start(match: answers.Match, today: date) -> str:
    return showing.start(match.expected_start, match.expected_early, match.expected_late, today)


def _bars(reasons: Iterable[answers.Reason]) -> str:
    return f'<ul class="zb-bars">{"".join(_bar(reason) for reason in reasons if reason.maximum)}</ul>'


def _bar(reason: answers.Reason) -> str:
    name, share = nl.criterion(reason.criterion), round(100 * reason.points / reason.maximum)
    return (
        f'<li style="flex-grow:{reason.maximum}"><span class="zb-bar" aria-hidden="true">'
        f'<span style="width:{share}%"></span></span>'
        f"<span>{escape(name)} <b>{reason.points}/{reason.maximum}</b></span></li>"
    )


def _sentence(reasons: Iterable[answers.Reason]) -> str:
    """The three weightiest reasons as running text; the rest is under "Waarom?"."""
    weighty = sorted(reasons, key=lambda reason: -reason.maximum)[:3]
    return f"<p>{escape(' '.join(reason.text for reason in weighty))}</p>"


def _why(match: answers.Match) -> str:
    """All points with their reasons, folded away until somebody asks."""
    rows = "".join(
        f'<tr><th scope="row">{escape(nl.criterion(reason.criterion))}</th>'
        f'<td class="zb-number">{reason.points} van {reason.maximum}</td><td>{escape(reason.text)}</td></tr>'
        for reason in match.reasons
    )
    head = "".join(f'<th scope="col">{title}</th>' for title in (nl.CRITERION, nl.POINTS, nl.EXPLANATION))
    foot = f'<th scope="row">{nl.TOTAL}</th><td class="zb-number">{match.score} van 100</td>'
    foot += f"<td>{escape(nl.SCOPES.get(match.scope or '', ''))}</td>"
    which = escape(f"{match.provider.name}, {match.offer}")
    return (
        f'<details><summary>{nl.WHY}<span class="zb-hidden"> {which}</span></summary>'
        f"<table><caption>{nl.WHY_NUMBER.format(score=match.score)}</caption>"
        f"<thead><tr>{head}</tr></thead><tbody>{rows}</tbody><tfoot><tr>{foot}</tr></tfoot></table></details>"
    )
