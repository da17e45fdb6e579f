"""How much later a conversation of 300 messages opens than an empty one, and whether typing in it lags."""

import argparse
import asyncio
import statistics
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa
from playwright.async_api import BrowserContext, Page
from pydantic import SecretStr
from sqlmodel import col

from coffeebot.models import Message
from coffeebot.models.database import Database
from coffeebot.services import history
from coffeebot.services.starter import load_if_empty
from coffeebot.settings import Settings
from coffeebot.wiring import open_services
from evals.chromium import chromium, page_served, visitor
from evals.scratch import scratch_database

MESSAGES = 300
WISH = "I like fruity coffees for my V60, under $20 a bag, nothing dark"
TYPED = "a rounder one, please, and not as dear as the last three were"
SEEN_FROM = 16  # ms: Event Timing is silent about quicker presses
WATCH = """(shown) => {
  const look = () => {
    const main = document.querySelector("#main");
    if (main?.dataset.ready !== "true") return requestAnimationFrame(look);
    requestAnimationFrame(() => setTimeout(() => { window.opened = performance.now(); }));  // after the paint
  };
  look();
  const count = () => {
    if (document.querySelectorAll("#thread [data-id]").length < shown) return requestAnimationFrame(count);
    requestAnimationFrame(() => setTimeout(() => { window.complete = performance.now(); }));
  };
  count();
  window.pressed = [];
  new PerformanceObserver((seen) => {
    for (const event of seen.getEntries()) if (event.name === "keydown") pressed.push(event.duration);
  }).observe({ type: "event", durationThreshold: 16, buffered: true });
}"""


@dataclass(frozen=True, slots=True)
class Talk:
    shopper: UUID
    conversation: str
    database: Database


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--messages", type=int, default=MESSAGES, help="messages of the long conversation")
    parser.add_argument("--times", type=int, default=5, help="how often each is opened")
    parser.add_argument("--whole", action="store_true", help="also with all messages on the page, not the last sixty")


def run(options: argparse.Namespace) -> dict[str, Any]:
    return asyncio.run(_measure(options.messages, options.times, whole=options.whole))


async def _measure(messages: int, times: int, *, whole: bool) -> dict[str, Any]:
    async with scratch_database(Settings()) as database:
        talk = await _talk(database, messages)
        result = {"messages": messages, "opened_times": times, "last_sixty": await _visit("coffeebot.coffeebot:app", talk, times)}
        if whole:
            result["all_of_them"] = await _visit("evals.whole_page:app", talk, times)
        return result


async def _talk(database: Database, messages: int) -> Talk:
    """A conversation of `messages`: one question and its answer with three cards, again and again."""
    shopper = uuid4()
    url = database.engine.url.render_as_string(hide_password=False)
    async with open_services(Settings(database_url=SecretStr(url), house_words_per_second=0)) as services:
        await load_if_empty(services.database, services.embedder, services.settings.exchange_rates)
        conversation = await services.conversations.create(shopper)
        reply = await services.replies.start(conversation, WISH, shopper_id=shopper)
        async for _ in services.replies.events(reply, conversation_id=conversation):
            pass
        async with services.database.session() as session:
            answer = (await session.scalars(sa.select(Message).where(col(Message.id) == reply))).one()
            for position in range(3, messages + 1, 2):
                said = Message(conversation_id=conversation, position=position, role="shopper", text=WISH)
                again = Message(conversation_id=conversation, position=position + 1, role="barista", text=answer.text, parts=answer.parts)
                session.add_all([said, again])
    return Talk(shopper, conversation, database)


async def _visit(app: str, talk: Talk, times: int) -> dict[str, Any]:
    environment = {"DATABASE_URL": talk.database.engine.url.render_as_string(hide_password=False)}
    async with (
        page_served(app, environment) as server,
        chromium() as browser,
        visitor(browser, server, talk.shopper) as context,
    ):
        await context.add_init_script(f"({WATCH})({history.SHOWN})")
        address = f"http://127.0.0.1:{server.port}/?c="
        await _opened(context, f"{address}new")  # the browser's first page, and the server's
        empty, long, complete = [], [], []
        for _ in range(times):
            empty.append(await _opened(context, f"{address}new"))
            long.append(await _opened(context, f"{address}{talk.conversation}"))
            complete.append(await _opened(context, f"{address}{talk.conversation}", when="complete"))
        return {
            "empty_opens_ms": round(statistics.median(empty)),
            "long_opens_ms": round(statistics.median(long)),
            "all_shown_ms": round(statistics.median(complete)),
            "later_ms": round(statistics.median(long) - statistics.median(empty)),
            "slower_by_times": round(statistics.median(long) / statistics.median(empty), 2),
            "key_to_paint_ms": {
                "empty": await _typed(await _page(context, f"{address}new")),
                "long": await _typed(await _page(context, f"{address}{talk.conversation}")),
            },
        }


async def _page(context: BrowserContext, address: str, *, when: str = "opened") -> Page:
    page = await context.new_page()
    await page.goto(address)
    while not await page.evaluate(f"window.{when}"):  # noqa: ASYNC110  (the page's security policy forbids Playwright's own waiting)
        await asyncio.sleep(0.01)
    return page


async def _opened(context: BrowserContext, address: str, *, when: str = "opened") -> float:
    """Milliseconds from the call to the painted page: that one can read and write on, or, when `complete`, with all that it shows."""
    page = await _page(context, address, when=when)
    took = float(await page.evaluate(when))
    await page.close()
    return took


async def _typed(page: Page) -> dict[str, Any]:
    """Key presses that took long enough to be reported; the others were quicker than SEEN_FROM."""
    await page.wait_for_load_state("networkidle")
    await page.focus("#message")
    await page.keyboard.type(TYPED, delay=60)
    await page.wait_for_timeout(500)
    slow = sorted(await page.evaluate("pressed"))
    every = [float(SEEN_FROM)] * (len(TYPED) - len(slow)) + slow
    messages = await page.locator("#thread [data-id]").count()
    await page.close()
    return {
        "messages_on_the_page": messages,
        "presses": len(TYPED),
        "median": round(statistics.median(every)),
        "p95": round(every[int(len(every) * 0.95)]),
        "longest": round(every[-1]),
    }
