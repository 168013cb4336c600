"""Whether an event was taken back, as SQL: what `matcher.case_history` says of a history, said of one row."""

from matcher.case_events import EventKind


def taken_back(event: str) -> str:
    """Corrected away, and that correction was not taken back in its turn. `event` is how the row is called.

    Chains are no longer: `matcher.admission` refuses to correct what is void, or what takes a correction back.
    """
    return f"""
        EXISTS (
            SELECT FROM case_event correction
            WHERE correction.refers_to = {event}.id AND correction.kind = '{EventKind.CORRECTED}'
              AND correction.values ->> 'what' = 'void'
              AND NOT EXISTS (
                  SELECT FROM case_event again
                  WHERE again.refers_to = correction.id AND again.values ->> 'what' = 'void'
              )
        )
    """  # noqa: S608 - from constants
