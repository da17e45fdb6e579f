"""GET /conversations/{id}/export.*: complete, readable, one's own, and harmless whatever was said."""

import json
from collections.abc import AsyncIterator
from html import unescape
from typing import Any
from urllib.parse import unquote
from uuid import UUID, uuid4

import httpx
import pytest
import sqlalchemy as sa
from markdown_it import MarkdownIt
from sqlmodel import col

from coffeebot.api.app import create_api
from coffeebot.api.export import disposition
from coffeebot.domain.price_text import money
from coffeebot.domain.shopper import COOKIE
from coffeebot.models import Conversation, Message
from coffeebot.services.export_markdown import escaped
from coffeebot.wiring import Services

WISH = "I like fruity coffees for my V60, under $20 a bag, nothing dark"


@pytest.fixture
def shopper() -> UUID:
    return uuid4()


@pytest.fixture
async def client(starter_services: Services, shopper: UUID) -> AsyncIterator[httpx.AsyncClient]:
    cookie = {"Cookie": f"{COOKIE}={shopper.hex}"}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(create_api()), base_url="http://shop", headers=cookie) as made:
        yield made


async def talked(services: Services, shopper: UUID, *messages: str) -> str:
    conversation = await services.conversations.create(shopper)
    for message in messages:
        reply = await services.replies.start(conversation, message, shopper_id=shopper)
        async for _ in services.replies.events(reply, conversation_id=conversation):
            pass
    return conversation


async def test_json_has_all_that_was_said_and_offered(starter_services: Services, shopper: UUID, client: httpx.AsyncClient) -> None:
    conversation = await talked(starter_services, shopper, WISH, "what else do you have?")
    answer = await client.get(f"/conversations/{conversation}/export.json")
    assert answer.status_code == 200 and answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-store" and answer.headers["x-content-type-options"] == "nosniff"
    document = answer.json()
    view = await starter_services.conversations.open(conversation, shopper_id=shopper)
    assert [(m["role"], m["text"]) for m in document["messages"]] == [(m.role, m.text) for m in view.messages]
    assert [m["said_at"] for m in document["messages"]] == [m.created_at.isoformat(timespec="seconds") for m in view.messages]
    for told, message in zip(document["messages"][1::2], view.messages[1::2], strict=True):
        assert [pick["name"] for pick in told["picks"]] == [pick["name"] for pick in message.parts["picks"]]
        for pick in told["picks"]:
            price = pick["price"]
            assert pick["reasons"] and pick["trade_off"] and price["shown"].startswith(money(price["amount_minor"], price["currency"]))
    assert {(t["value"], t["evidence"]) for t in document["taste_card"]} == {(t.value, t.evidence) for t in view.traits}
    assert conversation not in answer.text and shopper.hex not in answer.text and str(shopper) not in answer.text


async def test_markdown_reads_like_the_page(starter_services: Services, shopper: UUID, client: httpx.AsyncClient) -> None:
    conversation = await talked(starter_services, shopper, WISH)
    answer = await client.get(f"/conversations/{conversation}/export.md")
    assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
    read = unescape(rendered(answer.text)).replace("\xa0", " ")
    picks = (await starter_services.conversations.open(conversation, shopper_id=shopper)).messages[1].parts["picks"]
    for pick in picks:
        assert f". {pick['name']}, {pick['roaster']}</h3>" in read and pick["trade_off"] in read
        for reason in pick["reasons"]:
            assert reason["text"].replace("\xa0", " ") in read
    assert f"<blockquote>\n<p>{WISH}</p>\n</blockquote>" in read
    assert "<h2>Your taste card</h2>" in read and "“V60”" in read
    assert conversation not in answer.text and shopper.hex not in answer.text


async def test_nobody_else_gets_it(starter_services: Services, shopper: UUID, client: httpx.AsyncClient) -> None:
    conversation = await talked(starter_services, shopper, "washed please")
    for cookie in ("", f"{COOKIE}={uuid4().hex}", f"{COOKIE}=nonsense"):
        answer = await client.get(f"/conversations/{conversation}/export.md", headers={"Cookie": cookie})
        assert answer.status_code == 404 and answer.json()["error"]["code"] == "not_found" and "washed" not in answer.text
    assert (await client.get("/conversations/no-such/export.json")).status_code == 404
    assert (await client.get(f"/conversations/{conversation}/export.html")).status_code == 422


HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[click](javascript:alert(1)) ![x](http://evil.example/x.png)",
    "# heading\n- list\n1. one\n2) two\n---\n===\n> quote\n+ plus",
    "```\ncode\n```\n~~~\n    indented\n\tindented",
    "**bold** _em_ `code` ~~gone~~ | a | b |\n|---|---|",
    "http://evil.example www.evil.example mail@evil.example <http://evil.example>",
    "&lt;b&gt; &#60;b&#62; \\<b\\>",
    "[ref]: http://evil.example\n[ref]",
    "ends in a backslash \\\nand goes on",
]


def rendered(text: str) -> str:
    """As a careless reader would: HTML passes, bare addresses become links, tables and strikethrough are known."""
    return str(MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(text))


@pytest.mark.parametrize("said", HOSTILE)
async def test_what_was_said_stays_words(starter_services: Services, shopper: UUID, client: httpx.AsyncClient, said: str) -> None:
    conversation = await talked(starter_services, shopper, said)
    async with starter_services.database.session() as session:
        reply = {"text": said, "parts": {"followups": {"texts": [said]}, "error": {"message": said}}}
        mine = (col(Message.conversation_id) == conversation, col(Message.role) == "barista")
        await session.execute(sa.update(Message).where(*mine).values(**reply))
        await session.execute(sa.update(Conversation).where(col(Conversation.id) == conversation).values(name=said[:80]))
    text = (await client.get(f"/conversations/{conversation}/export.md")).text
    read = rendered(text)
    assert not [tag for tag in ("<script", "<img", "<a ", "<code", "<pre", "<table", "<s>", "<h4", "<hr", "<b>") if tag in read]
    quoted = read.split("<blockquote>")[1].split("</blockquote>")[0]
    assert {part.split(">")[0] for part in quoted.split("<")[1:]} <= {"p", "/p", "br /"}
    words = [line.strip() for line in said.split("\n") if line.strip()]
    assert all(word in unescape(quoted) for word in words)


@pytest.mark.parametrize("text", ["http://a.example", "HTTPS://A.example/x", "www.a.example", "a@b.example", "$1 and $2"])
def test_what_readers_make_more_of_is_escaped(text: str) -> None:
    assert "\\" in escaped(text) and rendered(escaped(text)) == f"<p>{text}</p>\n"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Blueberry jam", "Blueberry jam (2026-11-25).md"),
        ("浅煎りのコーヒー", "浅煎りのコーヒー (2026-11-25).md"),
        ("../../etc/passwd", "etc passwd (2026-11-25).md"),
        ('a"; filename="b.exe\r\nX-Evil: 1', "a ; filename= b exe X-Evil 1 (2026-11-25).md"),
        ("gnp.\u202etxt", "gnp txt (2026-11-25).md"),
        ("...", "conversation (2026-11-25).md"),
        ("x" * 200, "x" * 60 + " (2026-11-25).md"),
    ],
)
def test_the_file_has_a_name_that_is_safe_everywhere(title: str, name: str) -> None:
    header = disposition(title, "2026-11-25", "md")
    assert header.isascii() and "\n" not in header and header.startswith('attachment; filename="conversation-2026-11-25.md"; ')
    assert unquote(header.split("filename*=UTF-8''")[1]) == name


async def test_a_conversation_without_answers_is_saved_too(starter_services: Services, shopper: UUID, client: httpx.AsyncClient) -> None:
    conversation = await talked(starter_services, shopper, "washed please")
    async with starter_services.database.session() as session:
        await session.execute(sa.delete(Message).where(col(Message.conversation_id) == conversation))
    document: dict[str, Any] = json.loads((await client.get(f"/conversations/{conversation}/export.json")).text)
    assert document["messages"] == [] and document["last_said_at"] is None
    assert (await client.get(f"/conversations/{conversation}/export.md")).text.startswith("# washed please")
