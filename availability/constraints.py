"""The promises of the database, said as a person would: constraint name → refusal."""

from availability.refusals import Conflict, Fault, Invalid, Refusal


def _wrong(pointer: str, detail: str) -> Invalid:
    return Invalid("De invoer klopt niet.", (Fault(pointer, detail),))


CONSTRAINTS: dict[str, Refusal] = {
    "uq_capacity_statement_idempotency": Conflict("Deze Idempotency-Key is al gebruikt voor een andere opgave."),
    "ck_capacity_statement_open_places": _wrong("/openPlaces", "Vrij is meer dan er over is."),
}
