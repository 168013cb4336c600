"""The reasons in plain English."""

from collections.abc import Sequence
from datetime import date

from matcher.fit import Rule
from matcher.language import DAYS, KILOMETRES, SETTINGS, WAITS, Language
from matcher.question import Setting
from matcher.waiting import Basis, Certainty

_NUMBERS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_ORDINALS = ("", "first", "second", "third", "fourth", "fifth", "sixth")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_CERTAINTY = {
    Certainty.CERTAIN: "Certain",
    Certainty.FAIRLY: "Fairly certain",
    Certainty.UNCERTAIN: "Uncertain",
    Certainty.UNKNOWN: "Unknown",
}
_BASIS = {
    Basis.NOTHING: "Too little is known.",
    Basis.STATED_WAIT: "The start follows from the wait that the provider states.",
    Basis.PROVEN_WAIT: "The start follows from the stated wait and the last real starts.",
    Basis.QUEUE_AND_FLOW: "The start follows from the waiting list and the starts of recent months.",
    Basis.OPEN_PLACE: "The provider stated an open place.",
}
_SETTINGS = {
    Setting.HOME: "at home",
    Setting.LOCATION: "at the provider",
    Setting.SCHOOL: "at school",
    Setting.ONLINE: "online",
    Setting.FAMILY: "in a family",
    Setting.GROUP: "in a group",
    Setting.SECURE: "in a secure setting",
}


WEEKS_UNTIL_DAYS = 91
"""A quarter: from there weeks and months round to the same length, so that what is longer never sounds shorter."""


def day(value: date) -> str:
    """14 December 2026."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def number(value: float) -> str:
    """1,234.5: at most one decimal, none when it is whole."""
    return f"{value:,.1f}".removesuffix(".0")


def duration(days: int) -> str:
    """Roughly, in the unit people would use: three weeks, four months."""
    if days < 14:
        return _counted(days, "day")
    if days < WEEKS_UNTIL_DAYS:
        return _counted(round(days / 7), "week")
    if days < 730:
        return _counted(round(days / 30.44), "month")
    return _counted(round(days / 365.25), "year")


def age(days: int) -> str:
    """What follows on "stated": today, yesterday, 34 days ago."""
    return ("today", "yesterday")[days] if days < 2 else f"{days} days ago"


def genders(mask: int) -> str:
    """Who is welcome, from the bits of an offer."""
    names = [name for bit, name in ((1, "boys"), (2, "girls"), (4, "non-binary children")) if mask & bit]
    return " and ".join(names)


def needs(names: Sequence[str]) -> str:
    """autism, ADHD and aggression."""
    *first, last = map(inside_a_sentence, names)
    return f"{', '.join(first)} and {last}" if first else last


def inside_a_sentence(name: str) -> str:
    """A name without its capital, unless it is an abbreviation."""
    return name if name[:2].isupper() else name[:1].lower() + name[1:]


def _counted(count: int, unit: str) -> str:
    number_word = _NUMBERS[count] if count < len(_NUMBERS) else str(count)
    return f"{number_word} {unit if count == 1 else unit + 's'}"


EN = Language(
    code="en",
    reasons={
        "start-now": "Can start at once.",
        "start-now-perhaps": "Can probably start at once. With caution: {cautious}.",
        "start-on-the-day": "Can start on the wanted day.",
        "start-on-the-day-perhaps": "Can probably start on the wanted day. With caution: {cautious}.",
        "start-later": "Can start in {days}. With caution: {cautious}.",
        "start-at-age": "Can start from the age of {age}, on {start}.",
        "start-unknown": "When help can start is unknown.",
        "choice": "This is your {choice} choice.",
        "other-choice": "Is another care type than asked.",
        "distance": "{km} km from home.",
        "very-near": "Less than 1 km from home.",
        "comes-home": "The team comes to the family.",
        "online": "The help is online; there is no travelling.",
        "stated": "{certainty}: stated {ageDays}. {basis}",
        "stated-on-time": "{certainty}: stated {ageDays}. The last starts were on time.",
        "stated-late": "{certainty}: stated {ageDays}. The last starts were on average {lateDays} late.",
        "stated-early": "{certainty}: stated {ageDays}. The last starts were on average {lateDays} early.",
        "never-stated": "{certainty}: the provider has not stated anything yet.",
        "all-needs": "Is equipped for all the needs asked.",
        "some-needs": "Is equipped for {served} of the {asked} needs. Nothing is known of the rest.",
        "needs-unknown": "Whether this suits the needs is not known.",
        "together": "Room for {asked} children of one family together.",
        "some-together": "Room for {together} of the {asked} children together.",
        "apart": "Children of one family cannot stay together here.",
        "siblings-unknown": "Whether children of one family can stay together is unknown.",
        "goes-on": "The help can go on after 18.",
        "ends-at-eighteen": "The help ends at 18.",
        "past-eighteen-unknown": "Whether the help goes on after 18 is unknown.",
        "local": "Has a contract with this municipality itself.",
        "regional": "Has a contract with the region.",
        "supraregional": "Has a contract with several regions together.",
        "national": "Has a national contract.",
        "general-provision": "Is a general provision; no contract is needed.",
        "without-contract": "Has no contract for this municipality.",
        "answers-in-time": "Mostly answers a referral in time.",
        "answers-late": "Mostly answers a referral later than agreed.",
        "answers-unknown": "How soon the provider answers is not known yet.",
    },
    refusals={
        "not-contracted": "Has no contract for this municipality.",
        "contract-begins-later": "The contract only begins on {contractFrom}.",
        "contract-ended": "The contract only runs until {contractUntil}.",
        "contract-suspended": "The contract is suspended until {suspendedUntil}.",
        "contract-suspended-open": "The contract is suspended.",
        "other-care-type": "Is another care type than asked.",
        "too-old": "Takes children up to {ageUntil}; this child is {age} at the start.",
        "too-young": "Takes children from {ageFrom}; this child is that only on {oldEnoughOn}.",
        "target-group": "Is for another target group only.",
        "contra-indication": "Does not suit: {needs}.",
        "gender": "Is for {genders} only.",
        "setting": "Gives help {setting}; help {wantedSetting} was asked.",
        "admission-stop": "Takes no children now: admission stop.",
        "admission-stop-until": "Takes no children now: admission stop until {availableFrom}.",
        "too-far": "Is {km} km away; the limit is {maxKm} km.",
        "outside-service-area": "The team comes up to {travelsKm} km; the family lives at {km} km.",
        "ends-at-eighteen": "The help ends at 18; you ask for help that goes on.",
        "refused-before": "Refused this request before; nothing has changed since.",
        "not-yet-published": "The offer only opens on {publishedFrom}.",
        "unpublished": "The offer ends after {publishedUntil}.",
        "unpublished-already": "The offer has ended; {publishedUntil} was its last day.",
    },
    changes={
        "distance": "Up to {maxKm} km",
        "any-distance": "Without a limit to the distance",
        "start-date": "Starting from {neededFrom}",
        "setting": "Also help in another setting",
        "care-type": "Also {careType}",
        "age": "Also groups for which the child is just too old",
        "gender": "Also offers for boys only or girls only",
        "past-eighteen": "Also help that ends at 18",
        "not-contracted": "Also without a contract, after consulting the municipality",
        "and": " and ",
        "opens": "{what}: {opens} more. The first start is unknown.",
        "opens-from": "{what}: {opens} more. First start: {start}.",
    },
    rules={
        Rule.NOT_CONTRACTED: "no contract",
        Rule.OTHER_CARE_TYPE: "other care type",
        Rule.TOO_OLD: "child too old",
        Rule.TOO_YOUNG: "child too young",
        Rule.TARGET_GROUP: "other target group",
        Rule.CONTRA_INDICATION: "does not suit these needs",
        Rule.GENDER: "boys only or girls only",
        Rule.SETTING: "other place of help",
        Rule.ADMISSION_STOP: "admission stop",
        Rule.TOO_FAR: "too far",
        Rule.OUTSIDE_SERVICE_AREA: "team does not come that far",
        Rule.ENDS_AT_EIGHTEEN: "ends at 18",
        Rule.REFUSED_BEFORE: "refused before",
        Rule.UNPUBLISHED: "not open",
    },
    certainty=_CERTAINTY,
    basis=_BASIS,
    formats={
        **dict.fromkeys(DAYS, day),
        **dict.fromkeys(KILOMETRES, number),
        **dict.fromkeys(WAITS, duration),
        **dict.fromkeys(SETTINGS, lambda setting: _SETTINGS[Setting(setting)]),
        "ageDays": age,
        "genders": genders,
        "needs": needs,
        "careType": inside_a_sentence,
        "choice": lambda choice: _ORDINALS[choice] if choice < len(_ORDINALS) else f"{choice}th",
        "certainty": lambda certainty: _CERTAINTY[Certainty(certainty)],
        "basis": lambda basis: _BASIS[Basis(basis)],
    },
)
