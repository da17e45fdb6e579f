"""Whether the page keeps up with a streamed reply: long tasks of its main thread, in Chromium, at 40 tokens a second."""

import argparse
import asyncio
import tempfile
from pathlib import Path
from typing import Any

from playwright.async_api import Page

from coffeebot.settings import Settings
from evals.chromium import chromium, page_served, visitor
from evals.scratch import scratch_database
from evals.script import PER_SECOND, TOKENS
from evals.streaming import EARLIER, conversation_with

LONG = 50  # ms: from here on the browser itself calls a task long
WATCH = """() => {
  window.long = [];
  new PerformanceObserver((seen) => { for (const task of seen.getEntries()) long.push([task.startTime, task.duration]); })
    .observe({ type: "longtask", buffered: true });
}"""


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--earlier", type=int, default=EARLIER, help="messages in the conversation before the reply")


def run(options: argparse.Namespace) -> dict[str, Any]:
    return asyncio.run(_measure(options.earlier))


async def _measure(earlier: int) -> dict[str, Any]:
    async with scratch_database(Settings()) as database:
        shopper, conversation = await conversation_with(database, earlier)
        environment = {"DATABASE_URL": database.engine.url.render_as_string(hide_password=False), "HOUSE_WORDS_PER_SECOND": str(PER_SECOND)}
        with tempfile.TemporaryDirectory() as folder:
            environment["SCRIPT_TIMES"] = str(Path(folder) / "times")
            async with (
                page_served("evals.streaming_page:app", environment) as server,
                chromium() as browser,
                visitor(browser, server, shopper) as context,
            ):
                page = await context.new_page()
                await page.goto(f"http://127.0.0.1:{server.port}/?c={conversation}")
                await page.wait_for_selector("#main[data-ready=true]")
                await page.wait_for_load_state("networkidle")
                return {"tokens": TOKENS, "tokens_per_second": PER_SECOND, "earlier_messages": earlier, **await _reply(page)}


async def _reply(page: Page) -> dict[str, Any]:
    """From the key that sends to the end of the reply; what the loading of the page cost is not counted."""
    await page.wait_for_timeout(1000)
    await page.evaluate(WATCH)
    begun = await page.evaluate("performance.now()")
    devtools = await page.context.new_cdp_session(page)
    await devtools.send("Performance.enable")
    busy = await _task_seconds(devtools)
    await page.fill("#message", "something with fruit please")
    await page.keyboard.press("Enter")
    await page.wait_for_selector("#reply[aria-busy=true] .prose")
    await page.wait_for_selector("#reply[aria-busy=false]")
    ended = await page.evaluate("performance.now()")
    tasks = [(start - begun, duration) for start, duration in await page.evaluate("long") if start > begun]
    return {
        "seconds": round((ended - begun) / 1000, 1),
        "long_tasks": len(tasks),
        "long_tasks_at_seconds": [round(start / 1000, 1) for start, _ in tasks],
        "longest_task_ms": round(max((duration for _, duration in tasks), default=0)) or f"under {LONG}",
        "main_thread_seconds": round(await _task_seconds(devtools) - busy, 2),
    }


async def _task_seconds(devtools: Any) -> float:
    """What the page's main thread has worked so far."""
    metrics = (await devtools.send("Performance.getMetrics"))["metrics"]
    return float(next(metric["value"] for metric in metrics if metric["name"] == "TaskDuration"))
