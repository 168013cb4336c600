"""The worryingly waiting as a table, by the day on which somebody looks again. Nothing else orders them."""

from collections.abc import Iterable

import pandas as pd

from dashboard import fetch, tasks
from dashboard.case_answers import Worrying
from dashboard.texts import cases as words
from dashboard.texts import desks as nl
from dashboard.texts import nl as common
from dashboard.texts import showing


def table(waiting: Iterable[Worrying]) -> pd.DataFrame:
    """Late reviews first, since theirs is the earliest day. A reference only where this organisation is a party."""
    care = {each.code: each.name for each in fetch.care_types()}
    rows = [
        (
            _review(each),
            each.reference or nl.NOT_YOURS,
            tasks.organisation(each.municipality),
            ", ".join(care.get(code, code) for code in each.care_types),
            each.bridging_help or common.EMPTY,
            each.reviewer or common.EMPTY,
            showing.long_day(each.marked_on),
        )
        for each in sorted(waiting, key=lambda each: each.review_on)
    ]
    columns = [words.REVIEW_ON, words.CASE, words.AREA, words.CARE, words.BRIDGING, words.REVIEWER, words.MARKED_ON]
    return pd.DataFrame(rows, columns=columns)


def _review(each: Worrying) -> str:
    day = showing.long_day(each.review_on)
    return f"{words.LATE}: {day}" if each.late else day
