"""The page in English and in Japanese: by the browser's language, and by hand."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import open_page
from tests.e2e.talking import ASKED, say, wait_until_done


@pytest.fixture
def japanese(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="ja-JP", viewport={"width": 1440, "height": 900})
    context.set_default_timeout(8000)
    yield context
    context.close()


def listening(page: Page) -> list[str]:
    """What the console complains about."""
    heard: list[str] = []
    page.on("console", lambda message: heard.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    return heard


def test_the_browsers_language_is_spoken_from_the_first_byte(japanese: BrowserContext, site: str) -> None:
    page = japanese.new_page()
    heard = listening(page)
    answer = page.goto(site)
    assert answer is not None and 'lang="ja"' in answer.text()
    assert "どんな一杯をお探しですか。" in answer.text() and "⟦" not in answer.text()
    assert "Accept-Language" in answer.headers["vary"]
    page.wait_for_selector("#main[data-ready=true]")
    expect(page.get_by_role("heading", level=1)).to_have_text("どんな一杯をお探しですか。")
    expect(page.get_by_text("412銘柄、34ロースター")).to_be_visible()
    expect(page).to_have_title("Coffeebot - 好みに合うコーヒー選び")
    assert not heard, "what is rendered ahead and what React renders agree"


def test_a_whole_conversation_in_japanese(japanese: BrowserContext, site: str) -> None:
    page = open_page(japanese, site)
    say(page, ASKED)
    expect(page.locator("#announcer")).to_have_text("バリスタがお答えしています")
    wait_until_done(page)
    first = page.locator(".pick").nth(0)
    expect(first.get_by_text("広告・PR")).to_be_visible()
    expect(first.get_by_role("link")).to_have_accessible_name(re.compile("^販売店へ ?：Blueberry Weather（ロースターのサイトを開きます）$"))
    expect(first.locator(".per")).to_contain_text("100 g あたり")
    expect(first.locator(".per")).to_contain_text("価格確認 今日")
    expect(first.locator(".roast")).to_contain_text("煎り")
    expect(page.locator(".fitcount")).to_contain_text("412銘柄のうち")
    expect(page.get_by_role("heading", name="ゆずれない条件")).to_be_visible()
    expect(page.locator(".trait").first).to_contain_text("今日のお話")
    say(page, "x" * 2001)
    expect(page.get_by_role("alert")).to_contain_text("メッセージは2000字までです（今は2001字）。")


def test_by_hand_it_changes_there_and_back_and_is_remembered(page: Page, shopper: BrowserContext) -> None:
    say(page, ASKED)
    wait_until_done(page)
    page.fill("#message", "half a thought")
    page.get_by_role("button", name="日本語").click()
    page.wait_for_selector("html[lang=ja] #main[data-ready=true]")
    expect(page.locator(".pick").nth(0).get_by_text("広告・PR")).to_be_visible()
    expect(page.locator("#message")).to_have_value("half a thought")
    page.reload()
    page.wait_for_selector("html[lang=ja] #main[data-ready=true]")
    other = open_page(shopper, page.url)
    expect(other.locator("html")).to_have_attribute("lang", "ja")
    page.get_by_role("button", name="English").click()
    page.wait_for_selector("html[lang=en] #main[data-ready=true]")
    expect(page.get_by_role("heading", name="Your taste card")).to_be_visible()
