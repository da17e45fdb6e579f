"""What a model wrote, and what of it a shopper reads, however it is cut into pieces."""

import time
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coffeebot.domain.sums import Stated, stated
from coffeebot.services.references import Reference, ReferenceParser, Words
from coffeebot.services.scrubbing import WAIT, Scrubber


def scrub(pieces: Iterable[str], named: frozenset[Stated] = frozenset()) -> str:
    parser, scrubber = ReferenceParser(3), Scrubber(named)
    out = [each for piece in pieces for each in scrubber.feed(parser.feed(piece))]
    out += [*scrubber.feed(parser.close()), *scrubber.close()]
    return "".join(each.text if isinstance(each, Words) else f"<{each.index + 1}{'!' if each.first else ''}>" for each in out)


READ = [
    # sums, and what closes up around them
    ("It is fruity ($18).", "It is fruity."),
    ("It is fruity ($18, washed).", "It is fruity (washed)."),
    ("It is fruity (washed, $18).", "It is fruity (washed)."),
    ("It costs about $18 a bag and is washed.", "It is washed."),
    ("[[c1]] is fruity, which costs about $18, and clean.", "<1!> is fruity, and clean."),
    ("[[c1]], $18, is washed.", "<1!>, is washed."),
    ("[[c1]] – $18 – is washed.", "<1!> – is washed."),
    ("Good. It is $18. Next one.", "Good. Next one."),
    ("Good.\n\nIt costs $18.\n\nNext one.", "Good.\n\nNext one."),
    ("- [[c1]]: jammy\n- Price: $18\n- Roast: light", "- <1!>: jammy\n- Roast: light"),
    ("It is about $18", ""),
    ("a $20 bag of beans", "a bag of beans"),
    ("It is $2 over what you spend.", "It is over what you spend."),
    ("**$18** and **[[c2]]**", "and **<2!>**"),
    ("**The bag costs $18** and more", "**The bag** more"),
    ("It is **about $18** now", "now"),
    ("甘い果実味で、お値段は2,000円です。次はおすすめ。", "甘い果実味で。次はおすすめ。"),
    ("[[c1]] は甘いです（2,000円）。", "<1!> は甘いです。"),
    ("甘くて、約千五百円です。", "甘くて。"),
    ("[[c1]]은 달콤합니다 (18,000원).", "<1!>은 달콤합니다."),
    ("＄１８ and $¹⁸ and $\u200b18 and $<b>18</b> and $[18] then", "then"),
    ("$ example.com 18 then", "$ then"),
    # addresses
    ("See https://example.com/x for more.", "See for more."),
    ("See example.com.", "See."),
    ("Mail me@example.org. Bye", "Mail. Bye"),
    ("ｅｘａｍｐｌｅ．ｃｏｍ is", "is"),
    ("ex\u00adample.com or exam**ple.c**om or exam<b>ple.com</b> or", "or or or"),
    ("javascript:alert(1) or", "or"),
    ("visit example [dot] com now", "visit example now"),
    ("example $18 .com", "example .com"),
    # links, images, tags, brackets
    ('See [our shop](https://x.y/z "t") for more, ![a bag](http://e.f/a.png) yes.', "See our shop for more, a bag yes."),
    ("[a menu](/menu) and <b>bold</b><br>line", "a menu and bold line"),
    ("<img src=x onerror=alert(1)>Hello <!-- no -->there", "Hello there"),
    ("light < dark, I <3 it, a <b c", "light < dark, I <3 it, a b c"),
    ("[c9] and [ [c1]] and [\u200b[c1]] and [[c9]] x", "and <1!> and <1> and x"),
    ("[[[c1]]] `code`", "<1!> code"),
    ("[sic]", "sic"),
    # what nobody sees
    ("fru\u200bity \u202eback\u202c \ufffc \x07bell\x00", "fruity back bell"),
    ("two  blanks\t\n\n\n\nand lines\r\n", "two blanks\n\nand lines"),
    # what stays
    ("12 oz at 92 °C, 15 g of coffee to 250 g of water.", "12 oz at 92 °C, 15 g of coffee to 250 g of water."),
    ("1:16, two or three of them, SL28, 1,900 masl, No. 1.", "1:16, two or three of them, SL28, 1,900 masl, No. 1."),
    ("86 points, 3 won a prize; and/or *jammy*.", "86 points, 3 won a prize; and/or *jammy*."),
    ("1. [[c1]]: “jammy”\n2. [[c2]]: 'clean'", "1. <1!>: “jammy”\n2. <2!>: 'clean'"),
    ("Du café, du chocolat : peu d'acidité ! Et [[c1]] ?", "Du café, du chocolat : peu d'acidité ! Et <1!> ?"),
    ("浅煎りで、[[c1]] はブルーベリーのようです。", "浅煎りで、<1!> はブルーベリーのようです。"),
    ("Was it… like that? [[c1]], then [[c1]].", "Was it… like that? <1!>, then <1>."),
]


@pytest.mark.parametrize(("written", "read"), READ)
def test_what_a_shopper_reads(written: str, read: str) -> None:
    assert scrub([written]) == read
    assert scrub(written) == read


def test_a_limit_that_the_shopper_named_may_be_repeated() -> None:
    named = stated("fruity, under $20")
    assert scrub(["Three, all under $20. It is $20."], named) == "Three, all under $20."
    assert scrub(["Three, all under $18."], named) == "Three."


_ENGLISH = "it costs about $ 18 1 , . a bag and under €20 eighteen dollars fruity washed – : ; ! ? c1"
_FAR_EAST = "2,000 円 です 約 お値段は １８ ＄ 。 、 「 」 甘い"
_MARKUP = "[ ] ( ) [[c1]] [[c9]] [a](b) ![ < <b> > ** * - example .com dot @ https:// www. / evil.com"
_PARTS = st.sampled_from([*f"{_ENGLISH} {_FAR_EAST} {_MARKUP}".split(), *"   \n", "\n\n", "[[c1]] ", "\0", "\ufffc", "\u200b", "x" * 50])


@given(st.lists(_PARTS, max_size=40).map("".join), st.data())
def test_cutting_it_differently_changes_nothing(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=12)))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    assert scrub(pieces) == scrub([text]) == scrub(text)


@given(st.lists(_PARTS, max_size=40).map("".join))
def test_every_reference_comes_out_once_and_in_order(text: str) -> None:
    parsed = [*(parser := ReferenceParser(3)).feed(text), *parser.close()]
    scrubber = Scrubber()
    out = [*scrubber.feed(parsed), *scrubber.close()]
    assert [each for each in out if isinstance(each, Reference)] == [each for each in parsed if isinstance(each, Reference)]


def test_a_word_leaves_when_the_next_one_begins() -> None:
    scrubber = Scrubber()
    told = [
        "".join(w.text for w in scrubber.feed([Words(t)]) if isinstance(w, Words)) for t in ("Blueberry", " jam", ", natural", " process")
    ]
    assert told == ["", "Blueberry", " jam", ", natural"]


def test_a_reference_leaves_at_once() -> None:
    assert list(Scrubber().feed([Words("Take "), Reference(0, True)]))[-1] == Reference(0, True)


def test_no_more_is_held_back_than_may_become_a_sum() -> None:
    scrubber = Scrubber()
    shown = sum(len(w.text) for w in scrubber.feed([Words("it is a " * 1000)]) if isinstance(w, Words))
    assert 8000 - shown <= WAIT + 8


HOSTILE = ["a.", "[[[[", "1,1,1,", "<<<<", "$$$$", "    ", "<a ", "](", "**", "\n", "千", "(", "@", "!["]


@pytest.mark.parametrize("part", HOSTILE)
def test_long_hostile_texts_take_no_longer_than_their_length(part: str) -> None:
    text = (part * 100_000)[:100_000]
    began = time.process_time()
    scrub(text[at : at + 4] for at in range(0, len(text), 4))
    assert time.process_time() - began < 6
