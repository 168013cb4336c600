import httpx2
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.door import BROWSER, NumberedBrowsers
from dashboard.server import DutchPage

PAGE = '<!DOCTYPE html><html lang="en"><head><title>Streamlit</title></head></html>'


@pytest.fixture
def browser() -> TestClient:
    routes = [
        Route("/", lambda _: HTMLResponse(PAGE)),
        Route("/file.js", lambda _: PlainTextResponse('<html lang="en">', media_type="text/javascript")),
    ]
    return TestClient(DutchPage(Starlette(routes=routes)))


def open_page(browser: TestClient, path: str = "/") -> httpx2.Response:
    return browser.get(path, headers={"Accept": "text/html"})


def test_the_page_says_that_it_is_dutch(browser: TestClient) -> None:
    answer = open_page(browser)
    assert '<html lang="nl">' in answer.text
    assert "<title>Zorgbeschikbaarheid</title>" in answer.text
    assert int(answer.headers["Content-Length"]) == len(answer.content)


def test_other_files_stay_as_they_are(browser: TestClient) -> None:
    assert open_page(browser, "/file.js").text == '<html lang="en">'


def test_nobody_may_frame_the_screens_and_nothing_comes_from_elsewhere(browser: TestClient) -> None:
    headers = open_page(browser).headers
    assert headers["X-Frame-Options"] == "DENY"
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"


def with_a_cookie(_: Request) -> PlainTextResponse:
    answer = PlainTextResponse("")
    answer.set_cookie("_streamlit_user", "somebody", httponly=True)
    return answer


def test_a_cookie_travels_by_tls_only_where_people_come_by_tls() -> None:
    app = Starlette(routes=[Route("/", with_a_cookie)])
    assert "Secure" not in TestClient(DutchPage(app)).get("/").headers["Set-Cookie"]
    answer = TestClient(DutchPage(app, over_tls=True)).get("/")
    assert answer.headers["Set-Cookie"].endswith("; Secure")
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_a_browser_of_the_demo_gets_a_number_that_no_script_can_read_and_keeps_it() -> None:
    routes = [Route("/", lambda _: HTMLResponse(PAGE)), Route("/file.js", lambda _: PlainTextResponse(""))]
    browser = TestClient(NumberedBrowsers(Starlette(routes=routes)))
    assert "Set-Cookie" not in browser.get("/file.js").headers
    given = browser.get("/").headers["Set-Cookie"]
    assert given.startswith(f"{BROWSER}=")
    assert {"HttpOnly", "SameSite=Lax"} <= set(given.split("; "))
    assert len(browser.cookies[BROWSER]) >= 43  # 256 bits: nobody guesses another's
    assert "Set-Cookie" not in browser.get("/").headers
