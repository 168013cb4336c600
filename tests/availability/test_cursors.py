"""A cursor that we did not make is a fault of the caller, whatever is in it."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from availability.cursors import cursor_of, identifier, number, read_cursor, written
from availability.refusals import Invalid
from tests.conftest import Token


@pytest.mark.parametrize(
    ("reader", "value"),
    [
        *((identifier, value) for value in (0, -1, 2**63, "1", True, 1.0, None)),
        *((number, value) for value in (2**31, -(2**31) - 1, 2**63, "1", True, 0.5, None)),
        *((written, value) for value in ("a\0b", 1, None)),
    ],
)
def test_what_is_not_ours_is_refused(reader: Callable[[Any], Any], value: Any) -> None:
    with pytest.raises(Invalid):
        read_cursor(cursor_of(value), reader)


@pytest.mark.parametrize("cursor", ["", "é", "AAAA", "W10", cursor_of(1, 2)])
def test_so_is_what_is_no_cursor(cursor: str) -> None:
    with pytest.raises(Invalid):
        read_cursor(cursor, identifier)


def test_what_is_ours_comes_back() -> None:
    assert read_cursor(cursor_of(-3, 7, "Zwaluw"), number, identifier, written) == [-3, 7, "Zwaluw"]


def test_a_list_of_referrals_refuses_what_is_beyond_all_numbers(client: TestClient, token: Token) -> None:
    cursor = cursor_of(10**12, 10**12, "00000000-0000-0000-0000-000000000000")
    headers = {"Authorization": token("provider", "98000001")}
    assert client.get("/referrals", params={"cursor": cursor}, headers=headers).status_code == 400
