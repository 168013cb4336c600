"""Why a contract is refused, beyond wrong input."""

from availability.refusals import Conflict


class ContractExists(Conflict):
    code = "contract-exists"
    title = "Dit contract is er al"
    advice = "Haal het contract op en wijzig het, of geef een ander nummer."
