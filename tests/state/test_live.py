"""The reply in hand: what is finished is parsed once, and it must not show."""

import random

import pytest

from coffeebot.domain.prose import Block, Draft, parse, parse_draft
from coffeebot.state.live import Live

TEXTS = (
    "One.\n\nTwo *three*\nfour.\n\n- a\n- b\n\n- c\n\nFive **six**.\n\n1. d\n2. e\n\nSeven",
    "- a\n\n- b\n\n\n\n- c\n\n\nOne.\n\n# Two\n\n* d\n\nThree -\n\n-\n\n- four",
    "One.\r\n\r\nTwo.\n\n\n  \n\nThree.\n \nFour.\n\n5. five\n\n6. six\n\nSeven.\n\n**eight** *nine",
)


def shown(draft: Draft) -> list[Block]:
    """All of it as blocks: a paragraph may count as finished a little sooner."""
    in_hand = Block(draft.kind, (*draft.done, (*draft.head, draft.tail))) if draft.kind else None  # type: ignore[arg-type]
    whole = [Block(b.kind, tuple("".join(run.text for run in line) for line in b.lines)) for b in draft.blocks]  # type: ignore[misc]
    if in_hand:
        lines = ["".join(run if isinstance(run, str) else run.text for run in line) for line in in_hand.lines]
        whole.append(Block(in_hand.kind, tuple(lines)))  # type: ignore[arg-type]
    return whole


@pytest.mark.parametrize("text", TEXTS)
def test_a_growing_text_looks_as_if_it_were_parsed_whole(text: str) -> None:
    for seed in range(20):
        live, at, chance = Live(), 0, random.Random(seed)
        while at < len(text):
            at += chance.randint(1, 9)
            live._write(text[:at], running=True)
            assert shown(live._draft(text[:at])) == shown(parse_draft(text[:at]))
            frozen = [block for page in (live.first, live.second, live.third, live.rest) for block in page]
            assert frozen == list(live._draft(text[:at]).blocks)
        live._write(text, running=False)
        assert [block for page in (live.first, live.second, live.third, live.rest) for block in page] == list(parse(text))


def test_a_text_that_is_taken_back_is_parsed_anew() -> None:
    live = Live()
    live._write("One.\n\nTwo.\n\nThr", running=True)
    live._write("One.\n\nTwo. And more.\n\n", running=True)
    assert [block.lines[0][0].text for block in live.first] == ["One.", "Two. And more."]
