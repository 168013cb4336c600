"""The fake API with what a region learnt; tests leave parts out."""

import re
from dataclasses import dataclass, field

import httpx2

from tests.dashboard.fake_api import JSON, REGION, TOKEN, FakeApi, problem

GEZINSHUIS = {"code": "gezinshuis", "name": "Gezinshuis"}


def a_share(part: int, whole: int) -> JSON:
    return {"part": part, "whole": whole, "percent": round(100 * part / whole) if whole else None}


def a_lesson(about: str, part: int = 12, whole: int = 40) -> JSON:
    said = [f"Dit leert u van {about}."] if whole else ["Hierover is in deze periode niets bekend."]
    told = {"children": part, "text": said, "definition": f"Zo is {about} berekend.", "counted": f"{whole} kinderen"}
    return {"about": about, "now": a_share(part, whole), "before": a_share(part, whole), **told}


def a_step(**other: object) -> JSON:
    what = {"code": "send-allocation", "name": "Stuur de toewijzing (301)."}
    who = {"code": "back-office", "name": "backoffice van de gemeente"}
    counts = {"turns": 20, "done": 15, "open": 2, "inTime": a_share(7, 18)}
    days = {"middleDays": 7, "longDays": None, "termDays": 5}
    step = {"route": "301", "step": "4", "stepName": "Stap 4: toewijzen", "task": what, "actor": who}
    return {**step, **counts, **days, **other}


def a_count(code: str, name: str, count: int) -> JSON:
    return {"code": code, "name": name, "count": count}


def a_size(code: str, name: str, offers: int, referrals: int) -> JSON:
    told = {"providers": 20, "unasked": 14, "offers": a_share(offers, 100), "referrals": a_share(referrals, 100)}
    return {"code": code, "name": name, **told}


ABOUT = ("steps", "refusals", "escalations", "contacts", "waits", "sizes", "places", "of-age")


@dataclass
class FakeLessons(FakeApi):
    """A region with something to learn of everything."""

    lessons: list[JSON] = field(default_factory=lambda: [a_lesson(about) for about in ABOUT])
    for_the_chair: bool = True

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        path = request.url.path.removeprefix("/v1/")
        if not re.fullmatch("regions/[^/]+/lessons", path):
            return super()._answer(request)
        self.asked.append((request.method, path, None))
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return problem(401, "unauthenticated", "Meld u opnieuw aan.")
        return httpx2.Response(200, json=self.told(dict(request.url.params)))

    def told(self, asked: dict[str, str]) -> JSON:
        reasons = [a_count("no-place", "Er is geen plek.", 9), a_count("not-fitting", "De hulp past niet.", 3)]
        everything = {"careType": None, "refusals": 14, "answers": 40, "reasons": reasons, "unsplit": 2}
        one = {"careType": GEZINSHUIS, "refusals": 14, "answers": 30, "reasons": [], "unsplit": 14}
        none = {"careType": {"code": "mst", "name": "MST"}, "refusals": 0, "answers": 10, "reasons": [], "unsplit": 0}
        outcomes = [a_count("no-view", "geen zicht op passende hulp", 5), a_count("found", "aanbieder gevonden", 7)]
        causes = [a_count("waiting-times", "wachttijden", 4), a_count("unsaid", "niet vastgelegd", 1)]
        chair: JSON = {
            "steps": [a_step(), a_step(termDays=None, inTime=a_share(18, 18))],
            "escalations": {"registered": 13, "outcomes": outcomes, "causes": causes},
            "contacts": {"failed": a_share(3, 20), "repaired": 2, "middleDays": 4},
            "ofAge": {"stayed": a_share(3, 5), "arranged": 2},
        }
        return {
            "region": REGION,
            "period": {"since": asked["since"], "until": asked["until"]},
            "before": {"since": "2024-10-01", "until": "2025-09-30"},
            "lessons": self.lessons,
            "refusals": [everything, one, none],
            "waits": [
                {"careType": GEZINSHUIS, "starts": 8, "statedDays": 30, "realisedDays": 66},
                {"careType": {"code": "mst", "name": "MST"}, "starts": 5, "statedDays": 30, "realisedDays": 28},
            ],
            "sizes": [
                a_size("small", "Klein", 40, 12), a_size("middle", "Middelgroot", 30, 38),
                a_size("large", "Groot", 30, 50),
            ],
            "places": [
                {"day": "2025-09-30", "inFamilies": 40, "inGroups": 60, "unknown": 0},
                {"day": "2026-09-30", "inFamilies": 46, "inGroups": 55, "unknown": 1},
            ],
            **(chair if self.for_the_chair else dict.fromkeys(chair)),
        }  # fmt: skip
