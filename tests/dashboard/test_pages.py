"""Lists that come in pages: on the screen nothing is left out."""

from collections.abc import Callable
from typing import Any

import httpx2
import pytest

from dashboard.casework import Casework
from dashboard.client import Client
from tests.dashboard.desks.fake_desks import a_contact, an_item, somebody_waiting
from tests.dashboard.fake_api import TOKEN
from tests.dashboard.fake_casework import a_case, a_referral

LISTS: dict[str, tuple[Callable[..., Any], Callable[[Casework], Any]]] = {
    "care-requests": (a_case, lambda work: work.cases()),
    "referrals": (a_referral, lambda work: work.inbox()),
    "care-requests/1/referrals": (a_referral, lambda work: work.referrals_of("1")),
    "regions/JZ28/ret-agenda": (an_item, lambda work: work.agenda("JZ28", is_open=False)),
    "regions/JZ28/worryingly-waiting": (somebody_waiting, lambda work: work.worrying("JZ28")),
    "regions/JZ28/contacts": (a_contact, lambda work: work.contacts("JZ28")),
}
LAST = 25


@pytest.mark.parametrize("path", LISTS)
def test_every_page_of_a_list_is_read(path: str) -> None:
    make, read = LISTS[path]

    def answer(request: httpx2.Request) -> httpx2.Response:
        assert request.url.path == f"/v1/{path}"
        page = int(request.url.params.get("cursor", 0))
        after = str(page + 1) if page < LAST else None
        return httpx2.Response(200, json={"items": [make(), make()], "next": after})

    client = Client(httpx2.Client(base_url="http://api.test/v1/", transport=httpx2.MockTransport(answer)))
    assert len(read(Casework(client, TOKEN))) == 2 * (LAST + 1)
