"""The calls by which supply is kept: offers, contracts and lists of them, product names, tables, the report.

Knows no Streamlit; who asks gives the connection and the token.
"""

import json
from typing import Any, TypeVar

import httpx2

from dashboard import supply_answers as answers
from dashboard.answers import Items
from dashboard.client import JSON, Client, read

T = TypeVar("T")


def _all(api: Client, path: str, shape: type[Items[T]], token: str, query: dict[str, Any]) -> tuple[T, ...]:
    """A whole list, page after page."""
    found: list[T] = []
    asked = {**query, "limit": 100}
    while True:
        page = api.get(path, shape, token, asked)
        found.extend(page.items)
        if page.next is None:
            return tuple(found)
        asked = {**asked, "cursor": page.next}


# --- offers ---


def offers_of(api: Client, token: str, provider: str) -> tuple[answers.DescribedOffer, ...]:
    return _all(api, "offers", Items[answers.DescribedOffer], token, {"provider": provider})


def locations_of(api: Client, token: str, provider: str) -> tuple[answers.OwnLocation, ...]:
    return api.get("locations", Items[answers.OwnLocation], token, {"provider": provider}).items


def add_offer(api: Client, token: str, offer: JSON) -> answers.DescribedOffer:
    return api.send("POST", "offers", answers.DescribedOffer, token, body=offer)


def change_offer(api: Client, token: str, offer_id: int, etag: str, patch: JSON) -> answers.DescribedOffer:
    path, seen = f"offers/{offer_id}", {"If-Match": etag}
    return api.send("PATCH", path, answers.DescribedOffer, token, body=patch, headers=seen)


def add_location(api: Client, token: str, name: str, pc4: str) -> answers.OwnLocation:
    return api.send("POST", "locations", answers.OwnLocation, token, body={"name": name, "pc4": pc4})


def quarterly_report(api: Client, token: str, quarter: str | None) -> answers.QuarterlyReport:
    return api.get("quarterly-report", answers.QuarterlyReport, token, {"quarter": quarter} if quarter else {})


def quarterly_file(api: Client, token: str, quarter: str, format_: str) -> bytes:
    return api.answered("GET", "quarterly-report", token, query={"quarter": quarter, "format": format_}).content


# --- providers ---


def providers(api: Client, token: str, words: str) -> Items[answers.KnownProvider]:
    """The first of those in whose name or code the words are found."""
    return api.get("providers", Items[answers.KnownProvider], token, {"q": words})


def provider(api: Client, token: str, agb_code: str) -> answers.KnownProvider:
    return api.get(f"providers/{agb_code}", answers.KnownProvider, token)


def add_provider(api: Client, token: str, provider: JSON) -> answers.KnownProvider:
    return api.send("POST", "providers", answers.KnownProvider, token, body=provider)


def change_provider(api: Client, token: str, agb_code: str, etag: str, patch: JSON) -> answers.KnownProvider:
    path, seen = f"providers/{agb_code}", {"If-Match": etag}
    return api.send("PATCH", path, answers.KnownProvider, token, body=patch, headers=seen)


# --- contracts ---


def contracts(api: Client, token: str, query: dict[str, str]) -> tuple[answers.Contract, ...]:
    return _all(api, "contracts", Items[answers.Contract], token, query)


def history(api: Client, token: str, contract_id: int) -> tuple[answers.ContractChange, ...]:
    return api.get(f"contracts/{contract_id}/history", Items[answers.ContractChange], token).items


def add_contract(api: Client, token: str, contract: JSON) -> answers.Contract:
    return api.send("POST", "contracts", answers.Contract, token, body=contract)


def change_contract(api: Client, token: str, contract_id: int, etag: str, patch: JSON) -> answers.Contract:
    path, seen = f"contracts/{contract_id}", {"If-Match": etag}
    return api.send("PATCH", path, answers.Contract, token, body=patch, headers=seen)


def contract_template(api: Client, token: str, format_: str) -> bytes:
    return api.answered("GET", "contract-imports/template", token, query={"format": format_}).content


def preview_contracts(api: Client, token: str, file: bytes, choices: JSON) -> answers.ContractImport:
    """What the list would do; nothing is saved."""
    return read(_list_sent(api, token, file, choices, query={"dryRun": "true"}), answers.ContractImport)


def save_contracts(api: Client, token: str, file: bytes, choices: JSON, etag: str) -> answers.ContractImport:
    """Save all that was previewed (`etag`), or nothing."""
    return read(_list_sent(api, token, file, choices, headers={"If-Match": etag}), answers.ContractImport)


def corrected_contracts(api: Client, token: str, file: bytes, choices: JSON) -> bytes:
    """The list as a workbook, with what to correct in its last column."""
    return _list_sent(api, token, file, choices, query={"dryRun": "true", "format": "xlsx"}).content


def forget_list_choices(api: Client, token: str) -> None:
    """Ask anew what columns and names in lists mean."""
    api.delete("contract-imports/memory", token)


def _list_sent(
    api: Client,
    token: str,
    file: bytes,
    choices: JSON,
    *,
    query: dict[str, str] | None = None,
    headers: dict[str, str] | None = None,
) -> httpx2.Response:
    form = {"files": {"file": file}, "data": {"choices": json.dumps(choices)}}
    return api.answered("POST", "contract-imports", token, headers, query=query, form=form)


# --- product names ---


def products(api: Client, token: str, region: str) -> tuple[answers.Product, ...]:
    return api.get(f"regions/{region}/products", Items[answers.Product], token).items


def suggestions(api: Client, token: str, region: str, names: list[str]) -> tuple[answers.Interpreted, ...]:
    path = f"regions/{region}/product-suggestions"
    return api.send("POST", path, Items[answers.Interpreted], token, body={"names": names}).items


def name_products(api: Client, token: str, region: str, said: dict[str, str | None]) -> None:
    """Confirm per name which care type it is; None: forget the name."""
    items = [{"name": name, "careType": care_type} for name, care_type in said.items()]
    api.send("POST", f"regions/{region}/products", Items[answers.Product], token, body={"items": items})


# --- youth-protection tables ---


def protection_table(api: Client, token: str, region: str) -> answers.ProtectionTable:
    return api.get(f"protection-tables/{region}", answers.ProtectionTable, token)


def table_history(api: Client, token: str, region: str) -> tuple[answers.TableStated, ...]:
    return api.get(f"protection-tables/{region}/history", Items[answers.TableStated], token).items


def state_table(api: Client, token: str, region: str, next_free_on: str, etag: str | None) -> answers.ProtectionTable:
    seen = {"If-Match": etag} if etag else {"If-None-Match": "*"}
    path = f"protection-tables/{region}/statement"
    return api.send("PUT", path, answers.ProtectionTable, token, body={"nextFreeOn": next_free_on}, headers=seen)
