"""What one does with a card, in a real browser over real coffees; and no barista is asked for what needs no words."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import open_page
from tests.e2e.shop import Shop, names


@pytest.fixture
def offer(shop: Shop, shopper: BrowserContext) -> Page:
    return shop.served(shopper)


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    context.set_default_timeout(8000)
    yield context
    context.close()


def refuse(page: Page, reason: str) -> None:
    page.locator(".pick").first.get_by_role("button", name="Not for me").click()
    page.get_by_role("button", name=reason).click()
    expect(page.locator(".behind")).to_be_visible()


def test_a_card_says_why_what_it_costs_and_when_that_was_seen(offer: Page) -> None:
    card = offer.locator(".pick").first
    expect(card.locator(".why li").first.locator(".q")).to_be_visible()
    expect(card.locator(".gives")).to_have_count(1)
    expect(card.locator(".per")).to_have_text(re.compile(r"per 100 g · price seen "))
    expect(card.get_by_text("Sample coffee, not for sale")).to_be_visible()


def test_the_words_of_a_reason_lead_to_their_line(offer: Page) -> None:
    offer.locator(".pick").first.get_by_role("button", name="natural").first.click()
    assert offer.evaluate("document.activeElement.querySelector('.v').innerText").startswith("Natural process")


def test_a_refusal_ranks_the_cards_again_and_undo_takes_it_back(offer: Page, shop: Shop) -> None:
    before, fitting, asked = names(offer), offer.inner_text(".fitcount b"), shop.asked
    refuse(offer, "No natural process")
    expect(offer.locator(".behind li")).to_have_count(3)
    expect(offer.locator(".behind li").first).to_contain_text("No longer fits: No natural process")
    assert not set(names(offer)) & set(before) and len(names(offer)) == 3
    expect(offer.locator("#taste .trait", has_text="No natural process")).to_contain_text("Written by you")
    expect(offer.locator(".fitcount b")).not_to_have_text(fitting)
    expect(offer.get_by_role("button", name="Undo")).to_be_focused()
    offer.keyboard.press("Enter")
    expect(offer.locator(".behind")).to_have_count(0)
    expect(offer.locator(".fitcount b")).to_have_text(fitting)
    assert names(offer) == before and shop.asked == asked
    expect(offer.locator("#main")).to_be_focused()


def test_what_was_refused_stays_so_after_a_reload_and_can_be_let_go(offer: Page) -> None:
    before = names(offer)
    refuse(offer, "No natural process")
    after = names(offer)
    offer.reload()
    offer.wait_for_selector("#main[data-ready=true]")
    expect(offer.locator(".behind li")).to_have_count(3)
    assert names(offer) == after
    offer.locator(".behind").get_by_role("button", name="Let go of: No natural process").first.click()
    expect(offer.locator("#taste .trait.paused")).to_contain_text("No natural process")
    expect(offer.locator(".pick h3", has_text=before[0])).to_be_visible()


def test_just_not_this_one_hides_it_until_it_is_shown_again(offer: Page) -> None:
    before = names(offer)
    refuse(offer, "Just not this one")
    expect(offer.locator(".behind li")).to_have_text(re.compile(re.escape(before[0])))
    assert before[0] not in names(offer)
    offer.get_by_role("button", name="Show it again").click()
    expect(offer.locator(".behind")).to_have_count(0)
    assert names(offer) == before


def test_reasons_open_and_close_by_key(offer: Page) -> None:
    opener = offer.locator(".pick").nth(1).get_by_role("button", name="Not for me")
    opener.focus()
    offer.keyboard.press("Enter")
    expect(offer.locator(".reasons button").first).to_be_focused()
    offer.keyboard.press("Escape")
    expect(offer.locator(".reasons")).to_have_count(0)
    expect(opener).to_be_focused()


def test_a_saved_coffee_is_kept_follows_to_another_tab_and_comes_back_by_undo(offer: Page, shopper: BrowserContext, shop: Shop) -> None:
    asked, first = shop.asked, names(offer)[0]
    offer.get_by_role("button", name=f"Save {first}").click()
    expect(offer.locator(".saved-list li")).to_contain_text(first)
    other = open_page(shopper, offer.url)
    expect(other.get_by_role("button", name=f"Save {first}")).to_have_attribute("aria-pressed", "true")
    other.get_by_role("button", name=f"Remove from saved: {first}").click()
    expect(other.locator(".saved-list li")).to_have_count(0)
    other.get_by_role("button", name="Undo").click()
    expect(other.locator(".saved-list li")).to_contain_text(first)
    offer.reload()
    expect(offer.locator(".saved-list li")).to_contain_text(first)
    assert shop.asked == asked


def test_three_are_compared_side_by_side_by_key_alone(offer: Page, shop: Shop) -> None:
    asked = shop.asked
    for n in range(3):
        offer.locator(".pick").nth(n).get_by_role("button", name="Compare").focus()
        offer.keyboard.press("Enter")
        expect(offer.locator(".tray li")).to_have_count(n + 1)
    offer.locator("#compare-show").focus()
    offer.keyboard.press("Enter")
    dialog = offer.get_by_role("dialog", name="Three side by side")
    expect(dialog).to_be_focused()
    expect(dialog.locator("thead .name")).to_have_text(names(offer))
    expect(dialog.get_by_role("rowheader", name="Price")).to_be_visible()
    for _ in range(12):
        offer.keyboard.press("Tab")
        assert offer.evaluate("document.querySelector('#compare-sheet').contains(document.activeElement)")
    offer.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(offer.locator("#compare-show")).to_be_focused()
    offer.get_by_role("button", name="Clear").click()
    expect(offer.locator(".tray")).to_have_count(0)
    assert shop.asked == asked


def test_tell_me_more_is_a_turn_of_the_same_conversation(offer: Page, shop: Shop) -> None:
    asked, second = shop.asked, names(offer)[1]
    offer.locator(".pick").nth(1).get_by_role("button", name="Tell me more").click()
    expect(offer.locator(".slip").last).to_have_text(f"Tell me more about {second}")
    offer.wait_for_selector("#reply[aria-busy=false]")
    expect(offer.locator("#reply .prose").first).to_contain_text(second)
    assert shop.asked == asked + 1


def test_on_a_phone_everything_is_within_reach(phone: BrowserContext, shop: Shop) -> None:
    page = shop.served(phone)
    for n in range(2):
        page.locator(".pick").nth(n).get_by_role("button", name="Compare").click()
    page.locator("#compare-show").click()
    dialog = page.get_by_role("dialog", name="Two side by side")
    assert dialog.locator(".cmpwrap").evaluate("part => part.scrollWidth > part.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_have_count(0)
    smallest = page.evaluate("Math.min(...[...document.querySelectorAll('.do .btn')].map(b => b.getBoundingClientRect().height))")
    assert smallest >= 44
