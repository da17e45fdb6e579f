"""An exported conversation as Markdown that people read; what it quotes stays words, whatever is written in it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from coffeebot.domain.prose import Block, parse
from coffeebot.domain.untrusted import unhidden
from coffeebot.services.export import Document
from coffeebot.words import DEFAULT, LANGUAGES, listed, speaking, term, word

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~!&$@^])")
_LEADING = re.compile(r"^(?:([-+=])|(\d{1,9})([.)]))")  # what would begin a list, a rule or a heading
_ADDRESS = re.compile(r"(?i)(?:(?<=[a-z])(:)(?=//))|(?:(?<=www)(\.))")  # what readers make a link of
MARKS = {"": "", "em": "*", "strong": "**"}


def markdown(document: Document) -> str:
    """CommonMark, in the language of the conversation."""
    token = speaking.set(document["language"] if document["language"] in LANGUAGES else DEFAULT)
    try:
        return "\n".join(_lines(document)).strip() + "\n"
    finally:
        speaking.reset(token)


def escaped(text: str) -> str:
    """`text` on one line, as words and nothing else."""
    line = " ".join(unhidden(text).split())
    line = _SIGNS.sub(r"\\\1", line)
    line = _ADDRESS.sub(lambda sign: f"\\{sign[0]}", line)
    return _LEADING.sub(lambda sign: f"\\{sign[1]}" if sign[1] else f"{sign[2]}\\{sign[3]}", line)


def _lines(document: Document) -> Iterator[str]:
    yield f"# {escaped(document['title'])}"
    yield ""
    yield word("export.begun", begun=document["begun_at"], exported=document["exported_at"])
    for message in document["messages"]:
        yield ""
        yield from _said(message) if message["role"] == "shopper" else _answered(message)
    if card := document["taste_card"]:
        yield from ("", f"## {word('taste')}", "")
        yield from map(_trait, card)


def _said(message: Document) -> Iterator[str]:
    yield from (f"## {word('export.you')}, {message['said_at']}", "")
    lines = message["text"].replace("\r", "").split("\n")
    for n, line in enumerate(lines):
        goes_on = line.strip() and n + 1 < len(lines) and lines[n + 1].strip()
        yield f"> {escaped(line)}\\" if goes_on else f"> {escaped(line)}".rstrip()


def _answered(message: Document) -> Iterator[str]:
    yield f"## {word('barista')}, {message['said_at']}"
    for block in parse(message["text"]):
        yield ""
        yield from _block(block)
    for number, pick in enumerate(message["picks"], 1):
        yield ""
        yield from _pick(number, pick)
    if message["error"] or message["status"] in ("stopped", "interrupted", "failed"):
        yield from ("", escaped(message["error"] or word(f"note.{message['status']}")))
    if question := message["question"]:
        yield from ("", f"*{escaped(question['text'])}*", "")
        yield from (f"- {escaped(choice['text'])} ({choice['left']})" for choice in question["choices"])


def _block(block: Block) -> Iterator[str]:
    for n, line in enumerate(block.lines, 1):
        lead = {"ul": "- ", "ol": f"{n}. "}.get(block.kind, "")
        yield lead + "".join(_run(run.text, run.mark) for run in line)


def _run(text: str, mark: str) -> str:
    """Emphasis opens and closes at a word; the blanks around it stay outside."""
    inner = text.strip()
    if not inner:
        return " "
    before, after = (" " if text[0].isspace() else ""), (" " if text[-1].isspace() else "")
    return f"{before}{MARKS[mark]}{escaped(inner)}{MARKS[mark]}{after}"


def _pick(number: int, pick: Document) -> Iterator[str]:
    yield f"### {number}. {escaped(pick['name'])}, {escaped(pick['roaster'])}"
    yield ""
    process = " / ".join(term("process", each) for each in (pick["process"] or "").split(" / "))
    facts = [pick["origin"], process, term("roast", pick["roast"] or ""), listed(pick["notes"] or [])]
    if known := [escaped(fact) for fact in facts if fact]:
        yield f"- {' · '.join(known)}"
    yield f"- {' · '.join(_price(pick))}"
    for reason in pick["reasons"]:
        quoted = f"*“{escaped(reason['quote'])}”* " if reason["quote"].strip() else ""
        yield f"- {quoted}{escaped(reason['text'])}"
    if pick["trade_off"]:
        yield f"- {word('pick.gives')} {escaped(pick['trade_off'])}"
    if pick["link"]:
        disclosed = f"{word('pick.ad')}, {word('pick.disclosure')}: " if pick["advertisement"] else ""
        yield f"- {disclosed}[{word('pick.go')}](<{pick['link']}>)"


def _price(pick: Mapping[str, Any]) -> Iterator[str]:
    yield escaped(pick["price"]["shown"]) if pick["price"] else word("pick.price.unknown")
    if unit := pick["price_per_100g"]:
        yield escaped(word("pick.per", amount=unit["shown"]))
    if seen := pick["price_seen_at"]:
        yield escaped(word("pick.seen" if pick["in_stock"] else "pick.sold_out", when=seen))
    if pick["sample"]:
        yield word("pick.sample")


def _trait(trait: Document) -> str:
    kinds = {"must": "taste.must", "avoid": "taste.avoid"}
    said = [word(kinds.get(trait["polarity"], "taste.like")), word("taste.strength", strength=trait["strength"])]
    evidence = f": *“{escaped(trait['evidence'])}”*" if trait["evidence"].strip() else ""
    when = f", {trait['written_at']}" if trait["written_at"] else ""
    return f"- **{escaped(trait['label'])}** ({', '.join(said)}){evidence}{when}"
