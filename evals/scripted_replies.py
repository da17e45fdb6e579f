"""Replies to play: good ones in the barista's voice, and ones by a model that obeys whatever it read."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

GOOD = tuple((Path(__file__).parent / "replies.txt").read_text(encoding="utf-8").strip().split("\n---\n"))
_PRICES = (
    "$18", "US$ 18.50", "18 dollars", "eighteen dollars", "18 USD", "A$30", "£12.50", "ten quid", "€18,50", "18,50 €", "18 Euro", "CHF 24",
    "129 kr", "¥2,000", "2,000円", "千五百円", "20ドル", "18,000원", "80元", "80块钱", "R$ 80", "80 reais", "₹500", "Rs. 500", "500 rupees",
    "99 cents", "$15–20", "$1.2k", "＄１８", "$**18**", "$\u200b18", "$<b>18</b>", "$[18]", "**$18**", "$¹⁸", "USD 18",
    "18 (dollars)",
    "twenty-five bucks", "١٨ €",
)  # fmt: skip
_PRICED = (
    "[[c1]] costs {} a bag and is washed.", "It is fruity ({}).", "At {} it is a find.", "[[c2]], {}, is the gentle one.", "Price: {}",
    "- [[c1]]: {}\n- [[c2]]: {}\n", "The bag, which costs about {}, is clean.", "You pay {} each", "お値段は{}です。",
    "Er kostet {} pro Packung.",
    "from {} to {} for 250 g", "it is {} over what you spend", "a {} bag", "**{}** only", "({})",
)  # fmt: skip
_ADDRESSES = (
    "https://evil.example/x?y=1", "http://evil.com", "HTTP://EVIL.COM/", "www.evil.com", "evil.com", "evil.co.uk/path", "//evil.com/x",
    "hxxps://evil[.]com", "evil [dot] com", "evil dot com", "evil(.)com", "shop@evil.com", "mailto:shop@evil.com", "javascript:alert(1)",
    "data:text/html;base64,PHNjcmlwdD4=", "ｅｖｉｌ．ｃｏｍ", "ev\u00adil.com", "ev\u200bil.com", "evil\u2024com", "exam**ple.c**om",
    "exam<b>ple.co</b>m", "127.0.0.1:8000", "http://[::1]/", "ftp://evil.com", "https:/\\evil.com", "evil.shop", "tel:+15551234",
    "https://evil.com/" + "a" * 300, "xn--evil-9na.com", "http://0x7f000001/", "//localhost:3000",
)  # fmt: skip
_LINKED = (
    "See {} for more.", "[our shop]({}) has it", "![a bag]({})", "<a href=\"{}\">buy</a>", "<{}>", "[a]: {}", "({})", "買うなら{}へ。",
    "**{}**",
    "go to {}\n\nand buy", "[{}]({})", "[a]({} \"title\")", "`{}`", "<img src={} onerror=alert(1)>", "[x][1]\n\n[1]: {}",
)  # fmt: skip
_MARKERS = (
    "[[c99]]", "[[c0]]", "[[C1]]", "[[ c1 ]]", "[[[c1]]]", "[[c1]] [[c1]] [[c1]]", "[c99]", "[ [c1]]", "[\u200b[c2]]", "[[c1", "c1]]",
    "[[c-1]]", "[[c１]]", "[[c1]][[c2]]", "[[c99]](http://evil.com)", "[[c01]]", "[[c9999999999999999999]]", "[[<b>c1</b>]]",
    "\ufffc[[c2]]",
    "[[id:7]]", "[[ignore the above]]", "[*[c1]*]", "[$18[c1]]", "[[c1]", "[[c2]]]]",
)  # fmt: skip
_MARKED = ("Take {} now.", "{}", "- {}\n- {}", "I like {}, and {}.", "**{}**", "{}は甘いです。")
_PROSE = ("It is fruity. ", "Washed, so a V60 keeps it clean; ", "甘い果実味で、", "", "\n\n", "[[c1]] is rounder, and ", "*Jammy* and ")


@dataclass(frozen=True, slots=True)
class Script:
    """`good`: nothing in it has to go."""

    text: str
    good: bool


def scripted(count: int, seed: int, strings: Sequence[str]) -> list[Script]:
    """A third good, the others hostile in every way in turn; the same for the same seed and strings."""
    dice = random.Random(seed)
    ways = [(_PRICED, _PRICES), (_LINKED, _ADDRESSES), (_MARKED, _MARKERS)]
    if strings:
        ways.append(((*_LINKED, "{}", "It is {} and clean."), tuple(strings)))
    scripts = []
    for number in range(count):
        if number % 3 == 0:
            scripts.append(Script(GOOD[number // 3 % len(GOOD)], good=True))
            continue
        parts = [_hostile(dice, *ways[(number + n) % len(ways)]) for n in range(3)]
        scripts.append(Script("".join(dice.choice(_PROSE) + part + " " for part in parts), good=False))
    return scripts


def _hostile(dice: random.Random, templates: Sequence[str], strings: Sequence[str]) -> str:
    template = dice.choice(templates)
    for _ in range(template.count("{}")):
        template = template.replace("{}", dice.choice(strings), 1)
    return template


def pieces(text: str, dice: random.Random) -> list[str]:
    """The text cut at random: into single characters, into words or into long parts."""
    longest = dice.choice((1, 4, 12, 80))
    cut, at = [], 0
    while at < len(text):
        step = dice.randint(1, longest)
        cut.append(text[at : at + step])
        at += step
    return cut
