"""The page under its own Content-Security-Policy: nothing of ours is blocked, and nothing of others' runs."""

from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.conftest import wait_until
from tests.e2e.talking import ASKED, say, wait_until_done

LISTEN = (
    "addEventListener('securitypolicyviolation', (event) => (window.broken ??= []).push(event.violatedDirective + ' ' + event.blockedURI))"
)
BROKEN = "window.broken ?? []"


def test_a_whole_conversation_breaks_no_rule(shopper: BrowserContext, site: str) -> None:
    page = shopper.new_page()
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.add_init_script(LISTEN)
    page.goto(site)
    page.wait_for_selector("#main[data-ready=true]")
    say(page, ASKED)
    wait_until_done(page)
    expect(page.locator(".pick")).to_have_count(3)
    page.get_by_role("button", name="Light or dark").click()
    page.get_by_role("button", name="Remove Fruity").click()
    expect(page.locator(".trait")).to_have_count(6)
    page.get_by_role("link", name="New conversation").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("What would you like")
    page.reload()
    page.wait_for_selector("#main[data-ready=true]")
    assert page.evaluate(BROKEN) == [] and not complaints


def test_what_somebody_puts_into_the_page_does_not_run(page: Page) -> None:
    page.evaluate(LISTEN)
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.ran = 'element'";
            document.body.append(script);
            document.body.insertAdjacentHTML("beforeend", '<img src="data:," onerror="window.ran = 1">');
            document.body.insertAdjacentHTML("beforeend", '<b id="trap" onclick="window.ran = 2">x</b>');
            document.getElementById("trap").click();
            const far = document.createElement("script");
            far.src = "https://elsewhere.example/x.js";
            document.body.append(far);
        }"""
    )
    wait_until(page, "(window.broken ?? []).length >= 4")
    assert page.evaluate("window.ran ?? null") is None
    assert any("elsewhere.example" in line for line in page.evaluate(BROKEN))
