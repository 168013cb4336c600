"""Who may come in: the issuer's tokens in production, our own in the demo, and never one as the other."""

import base64
import hmac
import json
import time
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from joserfc import jwt
from joserfc.errors import InvalidKeyIdError
from joserfc.jwk import ECKey, Key, OKPKey, RSAKey
from pydantic import SecretStr

from availability.access import tokens as tokens_module
from availability.access.demo import mint_demo_token
from availability.access.identity import Role
from availability.access.issuer_keys import KEPT_SECONDS, IssuerKeys
from availability.access.tokens import RememberedTokens, tokens_of
from availability.refusals import Unauthenticated, Unavailable
from availability.settings import Settings, UnsafeSettings
from tests.conftest import Token

ISSUER = "https://login.voorbeeld.nl"
KEYS: dict[str, Key] = {
    "RS256": RSAKey.generate_key(2048, {"kid": "rsa"}),
    "ES256": ECKey.generate_key("P-256", {"kid": "ec"}),
    "EdDSA": OKPKey.generate_key("Ed25519", {"kid": "old"}),
    "Ed25519": OKPKey.generate_key("Ed25519", {"kid": "new"}),
}


def _claims(**changed: Any) -> dict[str, Any]:
    claims = {
        "iss": ISSUER,
        "aud": "zorgbeschikbaarheid",
        "sub": "abc",
        "role": "provider",
        "organisation": "41000001",
        "exp": int(time.time()) + 600,
    }
    return {name: value for name, value in (claims | changed).items() if value is not None}


def _signed(claims: Mapping[str, Any], algorithm: str = "RS256", key: Key | None = None) -> str:
    key = key or KEYS[algorithm]
    return jwt.encode({"alg": algorithm, "kid": key.kid}, dict(claims), key, algorithms=[algorithm])


def _encoded(part: Mapping[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=")


def _publish(path: Path, *keys: Key) -> Path:
    path.write_text(json.dumps({"keys": [key.as_dict(private=False) for key in keys]}))
    return path


@pytest.fixture
def production(tmp_path: Path) -> Settings:
    return Settings(
        environment="production",
        database_url="postgresql://db/zorg",
        token_issuer=ISSUER,
        token_keys_file=_publish(tmp_path / "jwks.json", *KEYS.values()),
    )


@pytest.mark.filterwarnings("ignore:EdDSA is deprecated")  # RFC 9864 renames it; issuers still use the old name
@pytest.mark.parametrize("algorithm", list(KEYS))
def test_a_token_of_the_issuer_is_an_identity(production: Settings, algorithm: str) -> None:
    identity = tokens_of(production).verify(_signed(_claims(), algorithm))
    assert (identity.subject, identity.role, identity.organisation) == ("abc", Role.PROVIDER, "41000001")


@pytest.mark.parametrize(
    "changed",
    [
        {"iss": "https://iemand-anders.nl"},
        {"aud": "iets-anders"},
        {"aud": None},
        {"sub": None},
        {"role": None},
        {"role": "koning"},
        {"role": ["provider"]},
        {"organisation": None},
        {"organisation": 41000001},
        {"organisation": "a b"},
        {"organisation": "-"},
        {"exp": None},
        {"exp": int(time.time()) - 1},
        {"exp": "morgen"},
        {"exp": True},
        {"exp": float("nan")},
        {"exp": float("inf")},
        {"sub": "a\0b"},
    ],
)
def test_a_claim_that_is_missing_or_wrong_lets_nobody_in(production: Settings, changed: dict[str, Any]) -> None:
    with pytest.raises(Unauthenticated):
        tokens_of(production).verify(_signed(_claims(**changed)))


@pytest.mark.parametrize(("ahead", "passes"), [(-600, True), (2, True), (60, True), (60.001, False), (600, False)])
def test_an_issuer_whose_clock_is_a_little_ahead_is_believed(
    production: Settings, monkeypatch: pytest.MonkeyPatch, ahead: float, passes: bool
) -> None:
    now = 1_800_000_000.0
    monkeypatch.setattr(time, "time", lambda: now)
    token = _signed(_claims(nbf=now + ahead, exp=now + 600))
    if passes:
        assert tokens_of(production).verify(token).subject == "abc"
    else:
        with pytest.raises(Unauthenticated):
            tokens_of(production).verify(token)


@pytest.mark.parametrize(("left", "passes"), [(0.001, True), (0, False)])
def test_a_token_that_expired_gets_no_leeway(
    production: Settings, monkeypatch: pytest.MonkeyPatch, left: float, passes: bool
) -> None:
    now = 1_800_000_000.0
    monkeypatch.setattr(time, "time", lambda: now)
    if passes:
        assert tokens_of(production).verify(_signed(_claims(exp=now + left))).subject == "abc"
    else:
        with pytest.raises(Unauthenticated, match="verlopen"):
            tokens_of(production).verify(_signed(_claims(exp=now + left)))


def test_an_audience_may_be_one_of_several(production: Settings) -> None:
    identity = tokens_of(production).verify(_signed(_claims(aud=["a", "zorgbeschikbaarheid"])))
    assert identity.subject == "abc"


def test_a_strangers_key_lets_nobody_in(production: Settings) -> None:
    stranger = RSAKey.generate_key(2048, {"kid": "rsa"})
    with pytest.raises(Unauthenticated):
        tokens_of(production).verify(_signed(_claims(), key=stranger))


def test_an_unsigned_token_lets_nobody_in(production: Settings) -> None:
    body = _signed(_claims()).split(".")[1]
    with pytest.raises(Unauthenticated):
        tokens_of(production).verify(f"eyJhbGciOiJub25lIn0.{body}.")


def test_a_token_signed_with_the_public_key_as_a_secret_lets_nobody_in(production: Settings) -> None:
    public = KEYS["RS256"]
    assert isinstance(public, RSAKey)
    signed_part = ".".join(_encoded(part) for part in ({"alg": "HS256", "kid": "rsa"}, _claims()))
    mac = hmac.digest(public.as_pem(private=False), signed_part.encode(), "sha256")
    with pytest.raises(Unauthenticated):
        tokens_of(production).verify(f"{signed_part}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}")


def test_production_refuses_the_tokens_of_the_demo(production: Settings, settings: Settings) -> None:
    minted = mint_demo_token(settings, "provider", "41000001", datetime.now(UTC))
    with pytest.raises(Unauthenticated):
        tokens_of(production).verify(minted)


def test_the_demo_refuses_the_tokens_of_another_demo(settings: Settings) -> None:
    other = settings.model_copy(update={"demo_key": SecretStr("another-key-of-more-than-32-bytes!!")})
    with pytest.raises(Unauthenticated):
        tokens_of(settings).verify(mint_demo_token(other, "provider", "41000001", datetime.now(UTC)))


def test_a_demo_without_a_key_does_not_start() -> None:
    with pytest.raises(UnsafeSettings, match="ZORG_DEMO_KEY"):
        tokens_of(Settings(environment="demo"))


def test_a_demo_token_is_valid_for_twelve_hours(settings: Settings) -> None:
    now = datetime.now(UTC)
    tokens = tokens_of(settings)
    early = mint_demo_token(settings, "admin", "-", now - timedelta(hours=11, minutes=59))
    assert tokens.verify(early).role is Role.ADMIN
    with pytest.raises(Unauthenticated, match="verlopen"):
        tokens.verify(mint_demo_token(settings, "admin", "-", now - timedelta(hours=12, seconds=1)))


def test_a_remembered_token_expires_too(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    tokens = tokens_of(settings)
    minted = mint_demo_token(settings, "admin", "-", datetime.now(UTC))
    assert tokens.recall(minted) is None
    tokens.verify(minted)
    assert tokens.recall(minted)
    later = time.time() + 13 * 3600
    monkeypatch.setattr(time, "time", lambda: later)
    with pytest.raises(Unauthenticated, match="verlopen"):
        tokens.recall(minted)


def test_a_remembered_token_is_judged_again_by_the_keys_that_count_then(monkeypatch: pytest.MonkeyPatch) -> None:
    began = time.time()
    withdrawn: list[str] = []

    def claims_of(token: str) -> dict[str, Any]:
        if token in withdrawn:
            raise ValueError(token)
        return _claims(exp=int(began + 12 * 3600))

    tokens = RememberedTokens(claims_of, ISSUER, "zorgbeschikbaarheid")
    tokens.verify("a-token")
    withdrawn.append("a-token")
    monkeypatch.setattr(time, "time", lambda: began + KEPT_SECONDS - 1)
    assert tokens.recall("a-token")
    monkeypatch.setattr(time, "time", lambda: began + KEPT_SECONDS + 1)
    assert tokens.recall("a-token") is None
    with pytest.raises(Unauthenticated):
        tokens.verify("a-token")


def test_no_more_tokens_are_remembered_than_is_reasonable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens_module, "REMEMBERED", 3)
    tokens = RememberedTokens(lambda _: _claims(), ISSUER, "zorgbeschikbaarheid")
    for token in "abcd":
        tokens.verify(token)
    assert [bool(tokens.recall(token)) for token in "abcd"] == [False, False, False, True]


def test_a_new_key_of_the_issuer_is_fetched_but_not_at_every_invented_name(
    production: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    assert production.token_keys_file
    keys = IssuerKeys(production)
    keys.claims(_signed(_claims()))
    new = RSAKey.generate_key(2048, {"kid": "newest"})
    _publish(production.token_keys_file, new)
    with pytest.raises(Exception, match=r".*"):
        keys.claims(_signed(_claims(), key=new))
    clock[0] += IssuerKeys.REFETCH_SECONDS
    assert keys.claims(_signed(_claims(), key=new))


def test_a_key_that_the_issuer_withdrew_is_trusted_for_an_hour_at_most(
    production: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    assert production.token_keys_file
    keys = IssuerKeys(production)
    keys.claims(_signed(_claims()))
    _publish(production.token_keys_file, KEYS["ES256"])
    clock[0] += KEPT_SECONDS
    with pytest.raises(InvalidKeyIdError):
        keys.claims(_signed(_claims()))


def test_an_issuer_that_does_not_answer_makes_nobodys_token_wrong(
    production: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    assert production.token_keys_file
    keys = IssuerKeys(production)
    published = production.token_keys_file.read_text()
    for unreadable in ("", "[]", "{}", '{"keys": []}'):
        production.token_keys_file.write_text(unreadable)
        with pytest.raises(Unavailable):
            keys.claims(_signed(_claims()))
        clock[0] += IssuerKeys.FIRST_SECONDS
    production.token_keys_file.write_text(published)
    assert keys.claims(_signed(_claims()))
    production.token_keys_file.unlink()
    clock[0] += KEPT_SECONDS
    assert keys.claims(_signed(_claims())), "the keys we have still count"


def test_a_first_reading_that_failed_keeps_nobody_out_for_longer_than_we_tell_them_to_wait(
    production: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = [1000.0]
    monkeypatch.setattr(time, "monotonic", lambda: clock[0])
    assert production.token_keys_file
    keys, published = IssuerKeys(production), production.token_keys_file.read_text()
    production.token_keys_file.unlink()
    with pytest.raises(Unavailable):
        keys.claims(_signed(_claims()))
    production.token_keys_file.write_text(published)
    clock[0] += IssuerKeys.FIRST_SECONDS - 0.001
    with pytest.raises(Unavailable):
        keys.claims(_signed(_claims()))
    clock[0] += 0.001
    assert keys.claims(_signed(_claims()))


@pytest.mark.parametrize(
    "strange",
    [
        {"kty": "EC", "crv": "P-999", "x": "AA", "y": "AA", "kid": "later"},
        {"kty": "AKP", "alg": "ML-DSA-44", "pub": "AA", "kid": "later"},
        {"kty": "RSA", "kid": "half"},
        {"kty": "OKP", "crv": "X999", "x": "AA"},
        {},
        "een sleutel",
        None,
    ],
)
def test_a_key_of_a_kind_that_we_do_not_know_spoils_no_other(production: Settings, strange: object) -> None:
    assert production.token_keys_file
    published = json.loads(production.token_keys_file.read_text())["keys"]
    production.token_keys_file.write_text(json.dumps({"keys": [strange, *published, strange]}))
    for algorithm in ("RS256", "ES256", "Ed25519"):
        assert IssuerKeys(production).claims(_signed(_claims(), algorithm))


def test_claims_nested_a_thousand_deep_let_nobody_in(settings: Settings) -> None:
    deep = base64.urlsafe_b64encode(b"[" * 5000 + b"]" * 5000).decode().rstrip("=")
    signed_part = f"{_encoded({'alg': 'HS256'})}.{deep}"
    mac = hmac.digest(settings.demo_key.get_secret_value().encode(), signed_part.encode(), "sha256")
    with pytest.raises(Unauthenticated):
        tokens_of(settings).verify(f"{signed_part}.{base64.urlsafe_b64encode(mac).decode().rstrip('=')}")


def test_of_two_tokens_neither_counts(client: TestClient, token: Token) -> None:
    both = [(b"authorization", token(*who).encode()) for who in (("local-team", "GM0202"), ("admin", "-"))]
    assert client.get("/me", headers=both).status_code == 401


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Basic abc", "Bearer onzin", "Bearer a.b.c", "Bearer é"])
def test_what_is_no_token_is_told_so(client: TestClient, header: str) -> None:
    answer = client.get("/me", headers=[(b"authorization", header.encode())])
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert answer.json()["type"].endswith("/unauthenticated")


def test_i_am_told_who_i_am(client: TestClient, token: Token) -> None:
    me = client.get("/me", headers={"Authorization": token("local-team", "GM0202")}).json()
    assert me["role"] == "local-team"
    assert me["organisation"] == "GM0202"
    assert me["organisationName"] == "Arnhem"


def test_the_demo_gives_tokens_to_whoever_asks(client: TestClient) -> None:
    given = client.post("/demo-tokens", json={"role": "ret-chair", "organisation": "JZ28"})
    assert given.status_code == 201
    me = client.get("/me", headers={"Authorization": f"Bearer {given.json()['token']}"})
    assert me.json()["role"] == "ret-chair"


@pytest.mark.parametrize(
    "wish",
    [
        {"role": "koning", "organisation": "JZ28"},
        {"role": "admin", "organisation": "x"},
        {"role": "local-team", "organisation": "-"},
        {},
    ],
)
def test_a_role_that_does_not_exist_gets_no_token(client: TestClient, wish: dict[str, str]) -> None:
    assert client.post("/demo-tokens", json=wish).status_code == 400


def test_the_demo_says_who_there_is_to_be(client: TestClient) -> None:
    assert client.get("/demo-accounts").json() == {"items": [], "next": None}
