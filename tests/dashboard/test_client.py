import httpx2
import pytest

from dashboard.client import ChangedMeanwhile, Client, Failure, SignInNeeded, UnlikelyJump, Unreachable, connect
from dashboard.settings import Settings
from dashboard.texts import nl
from tests.dashboard.fake_api import TOKEN, FakeApi, an_offer, problem

QUESTION = {"municipality": "GM0202", "pc4": "6811", "birthMonth": "2013-05", "careTypes": ["gezinshuis"]}


def answering(response: httpx2.Response) -> Client:
    transport = httpx2.MockTransport(lambda _: response)
    return Client(httpx2.Client(base_url="http://api.test/v1/", transport=transport))


def test_what_says_something_of_a_child_travels_in_the_body_only() -> None:
    seen: list[httpx2.Request] = []

    def keep(request: httpx2.Request) -> httpx2.Response:
        seen.append(request)
        return problem(400, "invalid-input", "Nee.")

    client = Client(httpx2.Client(base_url="http://api.test/v1/", transport=httpx2.MockTransport(keep)))
    with pytest.raises(Failure):
        client.matches(TOKEN, QUESTION)
    assert str(seen[0].url) == "http://api.test/v1/matches"
    assert seen[0].headers["Authorization"] == f"Bearer {TOKEN}"


def test_all_pages_of_the_offers_are_read(api: FakeApi, client: Client) -> None:
    api.offers = {at: an_offer(at) for at in range(1, 6)}
    assert [offer.id for offer in client.offers_of(TOKEN, "98000001")] == [1, 2, 3, 4, 5]


def test_a_problem_becomes_one_sentence_with_its_faults() -> None:
    fault = {"pointer": "/openPlaces", "detail": "Vrij (5) is meer dan er over is.", "code": "too-many"}
    client = answering(problem(400, "invalid-input", "De invoer klopt niet.", fault))
    with pytest.raises(Failure) as raised:
        client.capacity(TOKEN, 1)
    assert (raised.value.sentence, raised.value.status, raised.value.code) == (
        "De invoer klopt niet.",
        400,
        "invalid-input",
    )
    assert raised.value.faults[0].pointer == "/openPlaces"


@pytest.mark.parametrize(
    ("status", "code", "kind"),
    [
        (401, "unauthenticated", SignInNeeded),
        (412, "changed-meanwhile", ChangedMeanwhile),
        (409, "unlikely-jump", UnlikelyJump),
        (503, "unavailable", Unreachable),
        (403, "not-allowed", Failure),
    ],
)
def test_each_kind_of_no_is_told_apart(status: int, code: str, kind: type[Failure]) -> None:
    with pytest.raises(kind) as raised:
        answering(problem(status, code, "Nee.")).me(TOKEN)
    assert type(raised.value) is kind


@pytest.mark.parametrize(
    "response",
    [
        httpx2.Response(502, text="<html>Bad Gateway</html>"),
        httpx2.Response(500, json=["no problem"]),
        httpx2.Response(200, text="<html>a login page of the office</html>"),
        httpx2.Response(200, json={"unexpected": True}),
    ],
)
def test_an_answer_of_something_else_is_said_calmly(response: httpx2.Response) -> None:
    with pytest.raises(Unreachable, match="anders dan verwacht"):
        answering(response).me(TOKEN)


@pytest.mark.parametrize(
    ("error", "said"), [(httpx2.ConnectError("x"), nl.UNREACHABLE), (httpx2.ReadTimeout("x"), nl.TOO_SLOW)]
)
def test_an_api_that_is_away_or_slow_is_said_calmly(error: Exception, said: str) -> None:
    def fail(_: httpx2.Request) -> httpx2.Response:
        raise error

    client = Client(httpx2.Client(base_url="http://api.test/v1/", transport=httpx2.MockTransport(fail)))
    with pytest.raises(Unreachable) as raised:
        client.me(TOKEN)
    assert raised.value.sentence == said


def test_outside_the_demo_there_is_nobody_to_pick(api: FakeApi, client: Client) -> None:
    api.demo = False
    assert client.demo_accounts() == ()


def test_the_address_of_the_api_is_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZORG_API_URL", "http://elsewhere:9000/")
    assert Settings().api_url == "http://elsewhere:9000/"
    assert isinstance(connect(Settings()), Client)
