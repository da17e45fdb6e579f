"""The states of the chat page, and how a shopper brings them about: for photographs, and for whoever looks at all of them.

A visit begins on a blank sheet or with an answer on the page. Whoever looks at all states takes them in their order: what changes the
profile, the list or the talk comes late.
"""

from collections.abc import Callable

from playwright.sync_api import Locator, Page

MESSAGES = {
    "en": "I like fruity coffees, not too sour, for my V60, under $20 a bag, nothing dark",
    "ja": "V60で淹れます。フルーティーで、すっぱすぎないもの。1袋3000円まで。深煎りは苦手です。",
}
SECOND = {"en": "What else do you have?", "ja": "ほかには何がありますか？"}
SEARCHED = {"en": "fruity", "ja": "フルーティー"}
LONG = 2001  # characters; a message may have fewer
PATIENCE = 60_000  # ms


def say(page: Page, text: str) -> None:
    page.fill("#message", text)
    page.keyboard.press("Enter")


def begin(page: Page, address: str) -> str:
    """An answer, and the address of its conversation."""
    page.goto(f"{address}/?c=new")
    _ready(page)
    say(page, MESSAGES[_language(page)])
    _answered(page)
    return page.url


def visit(page: Page, state: str, *, address: str, talk: str) -> None:
    """Brings a state about; `talk` is the address of a conversation that ends with an answer, which the states of FRESH do without."""
    page.context.set_offline(False)
    if page.url.startswith(address):
        page.evaluate("sessionStorage.clear()")  # no draft, and a tab that the server does not know
    fresh = state in FRESH
    page.goto(f"{address}/?c=new" if fresh else talk)
    _ready(page)
    if not fresh:
        _answered(page)
        page.keyboard.press("Shift")  # a hand on the keys: the page no longer settles at its end
    STATES[state](page)


def empty(page: Page) -> None:
    page.wait_for_selector(".start")


def streaming(page: Page) -> None:
    say(page, MESSAGES[_language(page)])
    page.wait_for_selector("#reply .prose, #reply[aria-busy=false]", timeout=PATIENCE)


def too_long(page: Page) -> None:
    opening = MESSAGES[_language(page)]
    say(page, (opening + " ") * (LONG // len(opening) + 1))
    page.wait_for_selector("[role=alert] .alarm")


def answered(page: Page) -> None:
    page.evaluate("scrollTo({top: 0, behavior: 'instant'})")


def editing(page: Page) -> None:
    page.locator(".me [data-edit]").last.click()
    page.wait_for_selector("#edit-text")


def thumbs(page: Page) -> None:
    page.locator(".thumb[data-thumb=down]").last.click()
    page.locator(".because .chip").first.click()
    page.wait_for_selector(".because .chip[aria-pressed=true]")


def refusing(page: Page) -> None:
    page.locator("[data-refuse]").first.click()
    page.wait_for_selector(".reasons")


def chosen(page: Page) -> None:
    for n in range(2):
        page.locator(".pick .do").nth(n).locator(".btn").nth(1).click()
        page.locator(".tray li").nth(n).wait_for()


def comparing(page: Page) -> None:
    chosen(page)
    page.locator("#compare-show").click()
    page.wait_for_selector("#compare-sheet")


def taste(page: Page) -> None:
    _open(page, "taste")


def line(page: Page) -> None:
    """A line of the card, open for the pen."""
    _open(page, "taste")
    page.locator("#taste [data-edit]").first.click()
    page.wait_for_selector(".trait .write")


def writing(page: Page) -> None:
    """A line that is not known."""
    _open(page, "taste")
    page.locator("#write-one").click()
    page.fill("#new-value", "?")
    page.keyboard.press("Enter")
    page.wait_for_selector("#taste .problem")


def resting(page: Page) -> None:
    """The whole card rests."""
    _open(page, "taste")
    page.get_by_role("switch").click()
    page.wait_for_selector("#taste [role=switch][aria-checked=false]")


def conversations(page: Page) -> None:
    _open(page, "side")


def searching(page: Page) -> None:
    _open(page, "side")
    page.fill(".search input", SEARCHED[_language(page)])
    page.wait_for_selector(".conv mark")


def options(page: Page) -> Locator:
    """What one can do with a conversation; saving it as a file is among it."""
    _open(page, "side")
    page.locator(".conv-row").first.hover()
    page.locator(".conv-options summary").first.click()
    menu = page.locator(".conv-options[open] .conv-menu")
    menu.wait_for()
    return menu


def renaming(page: Page) -> None:
    options(page).locator("[data-rename]").click()
    page.wait_for_selector(".rename input")


def offline(page: Page) -> None:
    answered(page)
    page.context.set_offline(True)
    page.wait_for_selector("[role=status] .alarm", timeout=PATIENCE)


def saved(page: Page) -> None:
    page.locator(".pick .ph .ibtn").first.click()
    page.wait_for_selector(".saved-list li", state="attached")
    _open(page, "taste")
    page.locator(".saved-list").scroll_into_view_if_needed()


def talking(page: Page) -> None:
    """A second turn, seen from its end."""
    turns = page.locator(".slip").count()
    say(page, SECOND[_language(page)])
    page.locator(".slip").nth(turns).wait_for()
    _answered(page)


def stepped_back(page: Page) -> None:
    """A coffee of the latest offer was refused with a reason: cards step back, and the way back is offered."""
    page.locator("[data-refuse]").last.click()
    page.wait_for_selector(".reason")
    page.locator(".reason").first.click()
    page.wait_for_selector(".behind")
    page.locator(".behind").scroll_into_view_if_needed()


def doubt(page: Page) -> None:
    """Why not a coffee that stepped back?"""
    name = page.locator(".behind b, .pick h3").last.inner_text()
    _open(page, "taste")
    page.fill("#doubt-name", name)
    page.keyboard.press("Enter")
    page.wait_for_selector(".answer p")
    page.locator(".answer").scroll_into_view_if_needed()


def deleted(page: Page) -> None:
    options(page).locator("[data-delete]").click()
    page.wait_for_selector(".gone-line")


def _language(page: Page) -> str:
    return str(page.evaluate("document.documentElement.lang"))


def _ready(page: Page) -> None:
    page.wait_for_selector("#main[data-ready=true]", timeout=PATIENCE)


def _open(page: Page, drawer: str) -> None:
    """The drawer, where there is one; on a wide screen it stands beside the thread."""
    button = page.locator(f"[data-open={drawer}]")
    if button.is_visible():
        button.click()


def _answered(page: Page) -> None:
    page.wait_for_selector("#reply[aria-busy=true], #reply[aria-busy=false]")
    page.wait_for_selector("#reply[aria-busy=false]", timeout=PATIENCE)


FRESH = {"empty": empty, "streaming": streaming, "too-long": too_long}
STATES: dict[str, Callable[[Page], object]] = {
    **FRESH,
    "answered": answered,
    "editing": editing,
    "thumbs": thumbs,
    "refusing": refusing,
    "chosen": chosen,
    "comparing": comparing,
    "taste": taste,
    "line": line,
    "writing": writing,
    "conversations": conversations,
    "searching": searching,
    "options": options,
    "renaming": renaming,
    "offline": offline,
    "saved": saved,
    "talking": talking,
    "stepped-back": stepped_back,
    "doubt": doubt,
    "resting": resting,
    "deleted": deleted,
}
