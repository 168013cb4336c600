"""Area codes as small numbers: `NL`, a municipality (`GM0202`) or a youth region (`JZ28`)."""

COUNTRY = 0
_REGIONS_FROM = 10_000

AREA_NUMBER = f"""CASE left(area_code, 2)
    WHEN 'NL' THEN {COUNTRY} WHEN 'GM' THEN substr(area_code, 3)::int4 ELSE {_REGIONS_FROM} + substr(area_code, 3)::int4
END"""
"""The same in SQL, for a column `area_code`."""


def area_number(code: str) -> int:
    if code == "NL":
        return COUNTRY
    return int(code[2:]) + (_REGIONS_FROM if code.startswith("JZ") else 0)
