"""The page as it is served: its language, the place's own words and colours, what it may load, how long it may be kept."""

import gzip
from base64 import b64encode
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from coffeebot import wiring
from coffeebot.api.app import create_api
from coffeebot.api.caching import Caching
from coffeebot.api.page import Pages
from coffeebot.api.security import SecurityHeaders, policy
from coffeebot.settings import Settings
from tests.fakes import Services

PAGE = """<!DOCTYPE html><html lang="en"><head><title>⟦title⟧</title></head>
<body><a>⟦place.name⟧</a><h1>⟦hello⟧</h1><p>⟦place.welcome⟧</p><script>go()</script></body></html>"""


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "index.html").write_text(PAGE)
    (tmp_path / "browse").mkdir()
    (tmp_path / "browse/index.html").write_text(PAGE)
    return tmp_path


@pytest.fixture
def settings() -> Iterator[Settings]:
    opened = Services()
    wiring._open.append(opened)  # type: ignore[arg-type]
    yield opened.settings
    wiring._open.remove(opened)  # type: ignore[arg-type]


@pytest.fixture
def client(built: Path, settings: Settings) -> TestClient:
    def other(request: object) -> PlainTextResponse:
        return PlainTextResponse("else")

    routes = [Route(path, other) for path in ("/assets/a-1.js", "/js/chat.js", "/fonts/a.woff2", "/health")]
    return TestClient(SecurityHeaders(Caching(Pages(Starlette(routes=routes), built)), built))


def test_a_page_is_in_the_language_of_its_reader(client: TestClient) -> None:
    english, japanese = (client.get("/", headers={"Accept-Language": language}) for language in ("en", "ja"))
    assert '<html lang="en" data-languages="en ja"' in english.text and "What would you like in your cup?" in english.text
    assert '<html lang="ja" data-languages="en ja"' in japanese.text and "どんな一杯をお探しですか。" in japanese.text
    assert japanese.headers["content-language"] == "ja"
    assert {"Accept-Language", "Cookie"} <= set(japanese.headers["vary"].split(", "))
    assert english.headers["etag"] != japanese.headers["etag"]


def test_a_page_says_in_which_language_it_was_written_until_it_is_known(client: TestClient) -> None:
    first = client.get("/", headers={"Accept-Language": "ja"})
    assert first.headers["set-cookie"] == "coffeebot_page_language=ja; Path=/; HttpOnly; SameSite=Lax"
    assert "set-cookie" not in client.get("/", headers={"Accept-Language": "ja"}).headers  # the client keeps its cookies
    assert "=en;" in client.get("/", headers={"Accept-Language": "en"}).headers["set-cookie"]


def test_a_page_is_packed_and_asked_for_again(client: TestClient) -> None:
    packed = client.get("/", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip" and "⟦" not in packed.text
    assert client.get("/", headers={"Accept-Encoding": ""}).text == packed.text
    assert packed.headers["cache-control"] == "private, no-cache"
    again = client.get("/", headers={"If-None-Match": packed.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert len(gzip.compress(packed.content)) > 100


@pytest.mark.parametrize("path", ["/", "/browse", "/browse/"])
def test_pages_are_found_by_their_folder(client: TestClient, path: str) -> None:
    assert "<h1>" in client.get(path).text


@pytest.mark.parametrize("path", ["/nowhere", "/../index.html", "/browse/../", "/browse\x00", "/browse/index.html", "/BROWSE", "/.", "/b*"])
def test_nothing_else_is_read(built: Path, path: str) -> None:
    pages = Pages(Starlette(), built)
    assert pages._page({"type": "http", "method": "GET", "path": path}) is None
    assert pages._page({"type": "http", "method": "GET", "path": "/browse"}) == built / "browse/index.html"


def test_what_an_operator_set_is_on_the_page_and_only_as_text(client: TestClient, settings: Settings) -> None:
    settings.site_name, settings.welcome, settings.accent = 'A <b>&" Bean', "Come in\\1 <script>", "#FFEE00"
    text = client.get("/").text
    assert "<title>A &lt;b&gt;&amp;&quot; Bean: coffee that fits you</title>" in text
    assert 'data-name="A &lt;b&gt;&amp;&quot; Bean" data-welcome="Come in\\1 &lt;script&gt;"' in text
    assert "<p>Come in\\1 &lt;script&gt;</p>" in text
    assert "--pen: #FFEE00" not in text.split("[data-theme=dark]")[0] and "--pen: #FFEE00" in text


def test_a_welcome_may_differ_by_language(client: TestClient, settings: Settings) -> None:
    settings.welcome, settings.welcome_ja = "Come in.", "いらっしゃいませ。"
    assert "<p>いらっしゃいませ。</p>" in client.get("/", headers={"Accept-Language": "ja"}).text
    assert "<p>Come in.</p>" in client.get("/", headers={"Accept-Language": "en"}).text


def test_only_the_builds_own_scripts_may_run(client: TestClient) -> None:
    allowed = client.get("/").headers["content-security-policy"]
    assert f"script-src 'self' 'sha256-{b64encode(sha256(b'go()').digest()).decode()}';" in allowed
    scripts = next(part for part in allowed.split("; ") if part.startswith("script-src"))
    assert "unsafe" not in scripts and "*" not in allowed
    for rule in ("default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"):
        assert rule in allowed


def test_scripts_with_a_source_need_no_hash() -> None:
    assert "sha256" not in policy(['<script src="/js/a.js"></script><script defer="" src="b"></script>'])
    assert policy(['<script type="module" async="">x</script>']).count("sha256") == 1


@pytest.mark.parametrize("path", ["/", "/health", "/assets/a-1.js", "/nowhere"])
def test_every_answer_has_the_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert "camera=()" in headers["permissions-policy"]
    assert "default-src 'none'" in headers["content-security-policy"]


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/assets/a-1.js", "public, max-age=31536000, immutable"),
        ("/js/chat.js?v=abc", "public, max-age=31536000, immutable"),
        ("/js/chat.js", "no-cache"),
        ("/fonts/a.woff2", "public, max-age=604800"),
        ("/health", None),
        ("/assets/gone.js", None),
    ],
)
def test_how_long_a_file_may_be_kept(client: TestClient, path: str, kept: str | None) -> None:
    assert client.get(path).headers.get("cache-control") == kept


def test_a_logo_is_served_as_what_it_is_and_may_do_nothing(built: Path, settings: Settings, tmp_path: Path) -> None:
    client = TestClient(SecurityHeaders(create_api(), built))
    assert client.get("/place/logo").status_code == 404
    settings.logo = tmp_path / "logo.svg"
    settings.logo.write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    answer = client.get("/place/logo")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "default-src 'none'" in answer.headers["content-security-policy"] and "sandbox" in answer.headers["content-security-policy"]
