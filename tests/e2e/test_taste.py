"""The taste card under the shopper's hand, in a real browser over real coffees."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.shop import WISH, Shop, names


@pytest.fixture
def offer(shop: Shop, shopper: BrowserContext) -> Page:
    return shop.served(shopper)


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, reduced_motion="reduce")
    context.set_default_timeout(8000)
    yield context
    context.close()


def line(page: Page, label: str) -> Page:
    return page.locator("#taste .trait", has=page.locator(".v", has_text=label))  # type: ignore[return-value]


def test_lines_stand_in_groups_with_whose_words_they_are(offer: Page) -> None:
    expect(offer.locator("#taste .group > h3")).to_contain_text(["Must", "Likes", "Avoids", "Budget", "How you brew"])
    expect(line(offer, "Natural process").locator(".ev")).to_have_text("natural You, today")
    expect(line(offer, "Chocolate").locator(".ev")).to_contain_text("Read between the lines")


def test_the_wheel_is_told_in_a_table(offer: Page) -> None:
    cocoa = offer.get_by_role("row", name="Cocoa & nut")
    expect(cocoa).to_contain_text("likes a little")
    expect(offer.get_by_role("row", name="Floral")).to_contain_text("nothing said")


def test_a_line_is_edited_with_the_keyboard_and_the_cards_follow(offer: Page, shop: Shop) -> None:
    asked, fitting = shop.asked, offer.inner_text(".fitcount b")
    edit = offer.get_by_role("button", name="Edit Natural process")
    edit.focus()
    offer.keyboard.press("Enter")
    value = offer.get_by_label("Value")
    expect(value).to_be_focused()
    assert "Washed" in offer.locator("#edit-value-list option").evaluate_all("options => options.map(o => o.value)")
    value.fill("washed")
    offer.keyboard.press("Enter")
    expect(line(offer, "Washed")).to_contain_text("Written by you")
    expect(offer.locator(".fitcount b")).not_to_have_text(fitting)
    expect(offer.locator(".behind li")).to_have_count(3)
    assert all("Washed" in text for text in offer.locator(".pick .proc").all_inner_texts())
    offer.get_by_role("button", name="Undo").click()
    expect(line(offer, "Natural process")).to_be_visible()
    expect(offer.locator(".behind")).to_have_count(0)
    assert shop.asked == asked


def test_a_must_becomes_a_wish_and_a_wish_grows_stronger(offer: Page) -> None:
    offer.get_by_role("button", name="Edit Natural process").click()
    offer.locator(".trait .write").get_by_role("radio", name="Like").check()
    offer.locator(".trait .write").get_by_role("radio", name="Very much").check()
    offer.get_by_role("button", name="Keep").click()
    likes = offer.locator("#taste .group", has=offer.get_by_role("heading", name="Likes"))
    expect(likes.get_by_text("Natural process")).to_be_visible()
    expect(likes.locator(".trait", has_text="Natural process").get_by_role("img", name="Strength 3 of 3")).to_be_visible()


def test_what_is_not_known_is_said_beside_the_form(offer: Page) -> None:
    offer.get_by_role("button", name="Edit Natural process").click()
    offer.get_by_label("Value").fill("by moonlight")
    offer.keyboard.press("Enter")
    expect(offer.locator(".trait .problem")).to_contain_text("by moonlight")
    offer.keyboard.press("Escape")
    expect(offer.locator(".trait .write")).to_have_count(0)
    expect(line(offer, "Natural process")).to_be_visible()


def test_the_form_of_a_line_leaves_the_focus_to_an_edited_message(offer: Page) -> None:
    offer.get_by_role("button", name="Edit Natural process").click()
    expect(offer.get_by_label("Value")).to_be_focused()
    offer.get_by_role("button", name="Edit this message").click()
    expect(offer.locator("#edit-text")).to_be_focused()
    offer.keyboard.type(" And soon.")
    expect(offer.locator("#edit-text")).to_have_value(f"{WISH} And soon.")


def test_pausing_keeps_a_line_and_does_not_apply_it(offer: Page) -> None:
    fitting = int(offer.inner_text(".fitcount b"))
    offer.get_by_role("button", name="Pause Natural process").click()
    expect(offer.locator("#taste .trait.paused")).to_contain_text("Natural process")
    expect(offer.locator(".fitcount b")).not_to_have_text(str(fitting))
    assert int(offer.inner_text(".fitcount b")) > fitting
    offer.get_by_role("button", name="Pause Natural process").click()
    expect(offer.locator("#taste .trait.paused")).to_have_count(0)
    expect(offer.locator(".fitcount b")).to_have_text(str(fitting))


def test_the_whole_card_rests_at_a_switch(offer: Page) -> None:
    switch, fitting, before = offer.get_by_role("switch", name="In use"), offer.inner_text(".fitcount b"), names(offer)
    expect(switch).to_be_checked()
    switch.focus()
    offer.keyboard.press("Space")
    expect(switch).not_to_be_checked()
    expect(switch).to_be_focused()
    lines = offer.locator("#taste .trait").count()
    expect(offer.locator("#taste .trait.paused")).to_have_count(lines)
    expect(offer.locator(".fitcount b")).not_to_have_text(fitting)
    expect(offer.get_by_text("Your whole card rests.")).to_be_visible()
    switch.click()
    expect(offer.locator("#taste .trait.paused")).to_have_count(0)
    expect(offer.locator(".fitcount b")).to_have_text(fitting)
    expect(offer.locator(".pick h3")).to_have_text(before)


def test_what_is_said_of_acidity_is_a_stroke_on_its_scale(offer: Page) -> None:
    scale = offer.locator("#taste .scales li", has_text="Acidity")
    expect(scale).to_contain_text("not said")
    offer.get_by_role("button", name="Write one in").click()
    offer.get_by_label("Or say it in a sentence").fill("low acidity")
    offer.keyboard.press("Enter")
    expect(scale).to_contain_text("gentle")
    expect(scale.locator(".pn")).to_be_visible()
    expect(offer.locator("#taste .scales li", has_text="Roast").locator(".wash")).to_be_attached()  # "nothing dark"


def test_a_line_is_removed_and_undone(offer: Page) -> None:
    before, lines = names(offer), offer.locator("#taste .group .trait .v").all_inner_texts()
    offer.get_by_role("button", name="Remove Natural process").click()
    expect(line(offer, "Natural process")).to_have_count(0)
    offer.get_by_role("button", name="Undo").click()
    expect(line(offer, "Natural process")).to_be_visible()
    expect(offer.locator(".pick h3")).to_have_text(before)
    assert offer.locator("#taste .group .trait .v").all_inner_texts() == lines


def test_lines_are_written_in_by_choice_and_by_sentence(offer: Page) -> None:
    offer.get_by_role("button", name="Write one in").click()
    offer.get_by_label("About").select_option("origin")
    expect(offer.locator("#new-value-list option[value=Kenya]")).to_have_count(1)
    offer.locator("#new-value").fill("Kenya")
    offer.locator("form", has=offer.locator("#new-facet")).get_by_role("radio", name="Avoid").check()
    offer.locator("form", has=offer.locator("#new-facet")).get_by_role("button", name="Add").click()
    expect(line(offer, "Not from Kenya")).to_contain_text("Written by you")
    offer.get_by_label("Or say it in a sentence").fill("no citrus please")
    offer.keyboard.press("Enter")
    expect(line(offer, "No citrus")).to_contain_text("no citrus")
    expect(offer.locator("#new-sentence")).to_have_value("")
    offer.get_by_label("Or say it in a sentence").fill("what lovely weather")
    offer.keyboard.press("Enter")
    expect(offer.locator("#taste .problem")).to_contain_text("I read no taste in that")
    expect(offer.locator("#new-sentence")).to_have_value("what lovely weather")


def test_why_not_this_one(offer: Page, shop: Shop, browser: Browser) -> None:
    stranger = browser.new_context()
    washed = names(shop.served(stranger, "a washed coffee"))[0]
    stranger.close()
    asked = shop.asked
    offer.get_by_label("Name of a coffee").fill(washed)
    offer.keyboard.press("Enter")
    expect(offer.locator(".answer")).to_contain_text("that is not what you asked for")
    offer.locator(".answer").get_by_role("button", name="Let go of: Natural process").click()
    expect(offer.locator("#taste .trait.paused")).to_contain_text("Natural process")
    assert shop.asked == asked


def test_the_drawer_of_a_phone_keeps_the_focus_and_gives_it_back(phone: BrowserContext, shop: Shop) -> None:
    page = shop.served(phone)
    opener = page.locator("[data-open=taste]")
    opener.focus()
    page.keyboard.press("Enter")
    drawer = page.get_by_role("dialog", name="Your taste card")
    expect(drawer).to_be_focused()
    for _ in range(30):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || Boolean(document.activeElement.closest('#taste, .undo-place'))")
    page.get_by_role("button", name="Remove Natural process").click()
    expect(page.locator("#taste .trait", has_text="Natural process")).to_have_count(0)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#taste .trait", has_text="Natural process")).to_be_visible()
    page.keyboard.press("Escape")
    expect(drawer).to_have_count(0)
    expect(opener).to_be_focused()
    page.locator(".pick").first.get_by_role("button", name="natural").first.click()
    expect(page.get_by_role("dialog", name="Your taste card")).to_be_visible()
    assert page.evaluate("document.activeElement.querySelector('.v').innerText").startswith("Natural process")
