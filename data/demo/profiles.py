"""What each care type is like: where it happens, for whom, how many places, how long the wait, how often asked.

The order of magnitude follows the field, the numbers are our own: no public source gives them per care type. Help
without stay is most of the demand (CBS: about nine in ten trajectories), foster care the largest form with stay. Waits:
half of the specialised mental health care exceeds the Treeknorm (4 weeks to intake, 10 from there to treatment), basic
mental health care and help at home stay mostly under it, a place to live takes longest, and everything has a long tail.
"""

from dataclasses import dataclass

import pandas as pd

Ages = dict[tuple[int, int], float]

EVERY_AGE: Ages = {(0, 17): 5, (0, 11): 1.5, (4, 17): 2, (12, 17): 1.5, (0, 22): 1, (6, 17): 1.5}
YOUNG: Ages = {(0, 6): 6, (0, 4): 2, (2, 7): 2}
SCHOOL: Ages = {(4, 12): 4, (6, 12): 4, (6, 17): 2, (8, 15): 1}
SPELLING: Ages = {(7, 12): 8, (7, 13): 2}
YOUTH: Ages = {(12, 17): 6, (12, 22): 2, (14, 17): 1.5, (13, 19): 1}
GROWING_UP: Ages = {(16, 17): 2, (16, 20): 3, (16, 22): 4, (17, 22): 1}
AT_HOME: Ages = {(0, 17): 4, (6, 12): 2, (4, 11): 1, (8, 15): 1.5, (12, 17): 3, (12, 20): 1}


@dataclass(frozen=True)
class Form:
    """What care types of one shape share."""

    settings: dict[str, float]
    places: float
    """Median per offer: beds, families, or children helped at the same time."""
    spread: float
    """Sigma of the lognormal around that median."""
    most: int
    months: float
    """How long help lasts, from which the flow follows."""
    room: float
    """Share of the offers that can start soon."""
    risk: float = 0.0
    """How soon it must say no to behaviour that endangers the others: 0 never … 1 often."""


FORMS = {
    "home": Form({"home": 18, "location": 2, "online": 1}, 26, 0.7, 160, 7, 0.42, risk=0.1),
    "clinic": Form({"location": 15, "online": 2, "school": 2, "home": 1}, 34, 0.8, 300, 7, 0.34, risk=0.15),
    "school": Form({"school": 9, "location": 1}, 20, 0.6, 120, 8, 0.42, risk=0.2),
    "day": Form({"group": 7, "location": 3}, 14, 0.5, 60, 11, 0.36, risk=0.4),
    "weekend": Form({"group": 6, "family": 2, "location": 2}, 9, 0.5, 30, 14, 0.3, risk=0.5),
    "foster": Form({"family": 1}, 14, 0.8, 120, 20, 0.34, risk=0.45),
    "family": Form({"family": 1}, 2.6, 0.45, 6, 30, 0.28, risk=0.6),
    "group": Form({"group": 1}, 8, 0.25, 14, 10, 0.28, risk=0.5),
    "rooms": Form({"group": 5, "location": 5}, 7, 0.4, 24, 11, 0.32, risk=0.5),
    "ward": Form({"group": 7, "secure": 3}, 9, 0.3, 20, 4, 0.3, risk=0.25),
    "secure": Form({"secure": 1}, 8, 0.2, 12, 6, 0.3, risk=0.05),
    "open": Form({"location": 5, "school": 2, "home": 2, "online": 1}, 40, 0.7, 400, 3, 0.75),
}


@dataclass(frozen=True)
class Profile:
    form: str
    demand: float
    """How often it is asked, as a share of all questions (they sum to about 1,000)."""
    ages: Ages
    intake: int
    """Median days to the first talk, where there is no room."""
    treatment: int
    """Median days from there to the start of help."""
    long_tail: float = 0.75
    """Sigma of the waits: 0.75 puts one in ten at 2.6 times the median."""
    expertise: str = ""
    """Needs it always serves."""
    only: float = 0.0
    """Share of the offers that are only for those needs."""


PROFILES = {
    # help at home and in the family
    "gezinsbegeleiding": Profile("home", 110, EVERY_AGE, 18, 21, 0.7, "gedrag"),
    "intensieve-gezinsbehandeling": Profile("home", 45, EVERY_AGE, 24, 35, 0.7, "gedrag hechting"),
    "mst": Profile("home", 8, YOUTH, 14, 28, 0.6, "gedrag agressie delict"),
    "systeemtherapie": Profile("clinic", 18, EVERY_AGE, 28, 42),
    "oudertraining": Profile("clinic", 22, SCHOOL, 21, 30, 0.7, "gedrag"),
    "hulp-bij-scheiding": Profile("clinic", 24, EVERY_AGE, 28, 45, 0.7),
    "persoonlijke-verzorging": Profile("home", 8, EVERY_AGE, 10, 14, 0.7, "lichamelijke-beperking medische-zorg"),
    # guidance
    "individuele-begeleiding": Profile("home", 150, EVERY_AGE, 18, 24, 0.75),
    "dagbesteding": Profile("day", 45, SCHOOL | YOUTH, 18, 26, 0.7),
    "vaardigheidstraining": Profile("clinic", 20, SCHOOL, 18, 35, 0.6),
    "onderwijs-zorg": Profile("school", 18, SCHOOL, 16, 24, 0.6, "thuiszitter"),
    # treatment without stay
    "ambulante-behandeling": Profile("clinic", 70, EVERY_AGE, 28, 42, 0.75, "gedrag"),
    "diagnostiek": Profile("clinic", 40, EVERY_AGE, 35, 42, 0.75),
    "hechtingsbehandeling": Profile("clinic", 18, YOUNG | SCHOOL, 30, 49, 0.75, "hechting trauma"),
    "vaktherapie": Profile("clinic", 16, SCHOOL, 20, 28, 0.7),
    # day treatment
    "dagbehandeling-jonge-kind": Profile("day", 20, YOUNG, 24, 56, 0.7, "gedrag taal-spraak"),
    "dagbehandeling": Profile("day", 20, SCHOOL, 24, 56, 0.7, "gedrag"),
    "kdc": Profile("day", 9, EVERY_AGE, 18, 42, 0.7, "vb lichamelijke-beperking epilepsie rolstoel", 0.15),
    "dagbehandeling-ggz": Profile("day", 6, YOUTH, 35, 63, 0.7, "angst-depressie suicidaliteit"),
    # mental health care without stay
    "basis-ggz": Profile("clinic", 70, EVERY_AGE, 30, 21, 0.75, "angst-depressie"),
    "specialistische-ggz": Profile("clinic", 100, EVERY_AGE, 56, 77, 0.85, "angst-depressie autisme adhd"),
    "traumabehandeling": Profile("clinic", 30, EVERY_AGE, 49, 70, 0.85, "trauma"),
    "dyslexiezorg": Profile("clinic", 26, SPELLING, 21, 35, 0.5),
    "eetstoornis-ambulant": Profile("clinic", 6, YOUTH, 49, 91, 0.8, "eetstoornis", 0.2),
    "verslavingszorg": Profile("clinic", 6, YOUTH, 18, 28, 0.7, "verslaving", 0.1),
    "forensische-behandeling": Profile("clinic", 5, YOUTH, 24, 42, 0.7, "delict agressie seksueel-gedrag"),
    "fact-jeugd": Profile("home", 7, YOUTH, 28, 49, 0.75, "suicidaliteit psychose angst-depressie"),
    "iht": Profile("home", 5, YOUTH, 10, 21, 0.7, "suicidaliteit angst-depressie"),
    # a weekend away
    "logeeropvang": Profile("weekend", 20, SCHOOL, 28, 70, 0.8, "autisme"),
    "deeltijdpleegzorg": Profile("foster", 8, AT_HOME, 28, 84, 0.8),
    # living in a family
    "pleegzorg": Profile("foster", 24, AT_HOME, 14, 84, 0.85),
    "netwerkpleegzorg": Profile("foster", 14, AT_HOME, 14, 21, 0.6),
    "specialistische-pleegzorg": Profile("foster", 3, AT_HOME, 21, 105, 0.8, "trauma hechting"),
    "gezinshuis": Profile("family", 10, AT_HOME, 24, 120, 0.9, "hechting"),
    "gezinshuis-behandeling": Profile("family", 3, AT_HOME, 28, 140, 0.9, "trauma hechting"),
    # living in a group
    "leefgroep": Profile("group", 5, YOUTH, 18, 63, 0.8),
    "behandelgroep": Profile("group", 5, YOUTH, 24, 91, 0.8, "gedrag trauma"),
    "behandelgroep-lvb": Profile("group", 4, YOUTH, 28, 112, 0.8, "lvb gedrag", 0.15),
    "kleinschalig-wonen": Profile("group", 4, YOUTH, 24, 91, 0.9, "gedrag weglopen"),
    "observatie-met-verblijf": Profile("group", 1.5, SCHOOL, 24, 70, 0.7),
    "jslvg": Profile("group", 0.5, YOUTH, 35, 168, 0.9, "lvb agressie gedrag", 0.3),
    "woonvoorziening-beperking": Profile("group", 4, EVERY_AGE, 35, 154, 0.9, "vb lvb", 0.2),
    "opvang-uitbuiting": Profile("group", 0.7, YOUTH, 7, 28, 0.8, "uitbuiting weglopen trauma", 0.35),
    "gezinsopname": Profile("group", 0.8, EVERY_AGE, 35, 84, 0.7),
    "ouder-kindhuis": Profile("rooms", 1.5, GROWING_UP, 18, 56, 0.8, "zwanger-of-jonge-ouder", 0.2),
    # becoming independent
    "kamertraining": Profile("rooms", 8, GROWING_UP, 22, 91, 0.9),
    # secure and clinical
    "jeugdzorgplus": Profile("secure", 1.5, YOUTH, 5, 18, 0.8, "agressie weglopen gedrag delict"),
    "klinische-ggz": Profile("ward", 2, YOUTH, 14, 56, 0.9, "suicidaliteit zelfbeschadiging psychose"),
    "eetstoornis-klinisch": Profile("ward", 0.8, YOUTH, 28, 119, 0.9, "eetstoornis medische-zorg"),
    # general provisions
    "lokaal-team": Profile("open", 30, EVERY_AGE, 14, 10, 0.9),
    "praktijkondersteuner-jeugd": Profile("open", 18, EVERY_AGE, 12, 3, 0.7, "angst-depressie"),
    "opvoedadvies": Profile("open", 12, YOUNG, 7, 3, 0.6),
    "schoolmaatschappelijk-werk": Profile("open", 14, SCHOOL, 7, 3, 0.7),
    "jongerenwerk": Profile("open", 6, YOUTH, 2, 1, 0.6),
    "steungezin-en-maatje": Profile("open", 8, EVERY_AGE, 21, 35, 0.8),
    # crisis: outside the routes, so nobody asks for it in a question; the offers are there all the same
    "crisis-ambulant": Profile("home", 8, EVERY_AGE, 1, 1, 0.6),
    "crisis-pleegzorg": Profile("foster", 4, AT_HOME, 1, 2, 0.9),
    "crisis-gezinshuis": Profile("family", 2, AT_HOME, 1, 3, 0.9),
    "crisis-verblijf": Profile("group", 4, YOUTH, 1, 3, 0.9),
    "crisis-ggz": Profile("clinic", 4, EVERY_AGE, 1, 1, 0.6, "suicidaliteit psychose"),
}


def profile_columns(codes: "pd.Series[str]") -> pd.DataFrame:
    """The numbers of form and profile, one row per care type in the order given."""
    profiles = [PROFILES[code] for code in codes]
    forms = [FORMS[profile.form] for profile in profiles]
    wanted = {
        name: [getattr(p, name) for p in profiles] for name in ("demand", "intake", "treatment", "long_tail", "only")
    }
    shared = {name: [getattr(f, name) for f in forms] for name in ("places", "spread", "most", "months", "room")}
    return pd.DataFrame(wanted | shared)
