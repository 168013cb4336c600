"""What a region calls its products, over HTTP: suggestions from us, the word from a human."""

from collections import Counter
from typing import Annotated

from fastapi import APIRouter, Depends

from availability.access.audit import record
from availability.access.identity import Identity
from availability.access.permissions import Action, Relation, may, require
from availability.codes import RegionCode
from availability.database import InTransaction
from availability.description import refuses
from availability.geography.atlas import TheAtlas
from availability.messages import Page, RawBody, takes
from availability.products import queries
from availability.products.messages import Interpreted, NamedProducts, Names, Product
from availability.products.naming import meaning, plain, suggestions
from availability.refusals import Fault, Invalid, NotFound
from availability.vocabulary.lexicon import Lexicon, TheLexicon

router = APIRouter(tags=["contracten"])

Reader = Annotated[Identity, Depends(may(Action.SEE_PRODUCTS))]
Namer = Annotated[Identity, Depends(may(Action.NAME_PRODUCT))]

UNKNOWN_CARE_TYPE = "Deze zorgvorm kennen wij niet."
DOUBLE = "Deze naam staat er al in."


def _region(code: RegionCode, atlas: TheAtlas) -> str:
    if code not in atlas.regions:
        raise NotFound("Deze jeugdregio kennen wij niet.")
    return code


Region = Annotated[str, Depends(_region)]


@router.get("/regions/{code}/products", summary="Hoe een regio haar zorgvormen noemt", responses=refuses(403))
def list_products(caller: Reader, region: Region, session: InTransaction, lexicon: TheLexicon) -> Page[Product]:
    return Page(items=[Product.of(row, lexicon) for row in queries.products(session, region)])


@router.post(
    "/regions/{code}/products",
    summary="Bevestigen welke zorgvorm een naam is (careType null: vergeten)",
    openapi_extra=takes(NamedProducts),
    responses=refuses(403),
)
def name_products(
    *, caller: Namer, region: Region, raw: RawBody, session: InTransaction, lexicon: TheLexicon
) -> Page[Product]:
    require(caller, Action.NAME_PRODUCT, Relation.OWN if caller.organisation == region else Relation.ANY)
    said = NamedProducts.read(raw)
    _require_no_faults(said, lexicon)
    queries.confirm(session, caller, region, {each.name: each.care_type for each in said.items})
    record(session, caller, "name-product", "region", region)
    return list_products(caller, region, session, lexicon)


@router.post(
    "/regions/{code}/product-suggestions",
    summary="Welke zorgvorm een naam is, of zou kunnen zijn",
    openapi_extra=takes(Names),
    responses=refuses(403),
)
def suggest(
    caller: Reader, region: Region, raw: RawBody, session: InTransaction, lexicon: TheLexicon
) -> Page[Interpreted]:
    confirmed = queries.meanings(session, region)
    return Page(
        items=[
            Interpreted.of(name, meant, [] if meant else suggestions(name, lexicon))
            for name in Names.read(raw).names
            for meant in [meaning(name, lexicon, confirmed)]
        ]
    )


def _require_no_faults(said: NamedProducts, lexicon: Lexicon) -> None:
    times = Counter(plain(each.name) for each in said.items)
    faults = [
        *(
            Fault(f"/items/{position}/careType", UNKNOWN_CARE_TYPE, "unknown")
            for position, each in enumerate(said.items)
            if each.care_type is not None and lexicon.care_type(each.care_type) is None
        ),
        *(
            Fault(f"/items/{position}/name", DOUBLE, "double")
            for position, each in enumerate(said.items)
            if times[plain(each.name)] > 1
        ),
    ]
    if faults:
        raise Invalid("De invoer klopt niet.", tuple(faults))
