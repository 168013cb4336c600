"""No promise of the database answers a person in English."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.constraints import CONSTRAINTS

WAYS_TO_BE_TOLD = ("contact_address", "webhook", "calendar_feed")
SUPPLY_KEPT = [
    "offer", "served_area", "location", "contract", "contract_line", "contract_change", "region_product",
    "protection_table_statement",
]  # fmt: skip
PUT_TO_PROVIDERS = [
    "enrolment_form", "referral", "refusal", "place_option", "network_request", "network_member", "ret_registration",
]  # fmt: skip
WRITTEN_BY_REQUESTS = [
    *SUPPLY_KEPT,
    *PUT_TO_PROVIDERS,
    "capacity_statement",
    "current_capacity",
    "care_request",
    "case_event",
    "case_note",
    "contact",
    "contact_register",
    "council_target",
    "guarantee_version",
    "ranking",
    *WAYS_TO_BE_TOLD,
]


def test_every_constraint_that_input_can_reach_has_a_sentence(session: Session) -> None:
    promised = session.execute(
        text(
            "SELECT conname FROM pg_constraint"
            " WHERE conrelid::regclass::text = ANY (:tables) AND contype IN ('c', 'f', 'u', 'x')"
            " UNION SELECT indexrelid::regclass::text FROM pg_index"
            " WHERE indrelid::regclass::text = ANY (:tables) AND indisunique AND NOT indisprimary"
        ),
        {"tables": WRITTEN_BY_REQUESTS},
    )
    assert set(promised.scalars()) == set(CONSTRAINTS)


def test_every_sentence_is_one() -> None:
    for _, sentence, faults in CONSTRAINTS.values():
        assert all(said.endswith(".") for said in (sentence, *(fault.detail for fault in faults)))
