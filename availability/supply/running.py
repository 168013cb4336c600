"""When a contract runs, in SQL: begun, not ended, not suspended. Said once, so that every list leaves out the same."""


def runs_on(day: str) -> str:
    """The condition on `contract` for a day, as a parameter such as `:today`."""
    return f"""(
        contract.valid_from <= {day} AND coalesce(contract.valid_until, 'infinity') >= {day}
        AND NOT coalesce(
            {day} BETWEEN contract.suspended_from AND coalesce(contract.suspended_until, 'infinity'), false)
    )"""
