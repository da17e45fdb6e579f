"""What a shopper finds wrong with the coffee just offered, when no new wish is said: "That's over my budget"."""

import re
from collections.abc import Sequence

from coffeebot.domain.folding import Folded, fold
from coffeebot.domain.reference import LAST
from coffeebot.domain.taste import Facet
from coffeebot.domain.understanding.reading import read
from coffeebot.domain.understanding.references import references_in


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns))


_COMPLAINTS: dict[Facet, re.Pattern[str]] = {
    Facet.BUDGET: _any_of(
        r"\b(?:over|above|beyond|outside|exceeds?|out of) (?:of )?(?:my|the|our) (?:budget|price range|limit)\b",
        r"\btoo (?:expensive|pricey|pricy|dear|costly|steep)\b",
        r"(?<!not )(?<!nothing )(?<!too )\b(?:bit|little|rather|quite|pretty|way|somewhat|kinda|all|so|very|"
        r"really) (?:on the )?(?:pricey|pricy|dear|steep|"
        r"expensive|spendy)\b",
        r"\bcosts? too much\b|\bcant afford\b|\btoo much money\b",
        r"(?<!the )(?<!which is )(?<!no )(?<!not )\b(?:cheaper|less (?:expensive|pricey|costly))\b(?! than)|更便宜|더 싼",
        r"(?:もっと|もう少し|もうちょっと|少し|ちょっと)お?(?:安|手頃)",
        r"高すぎ|予算オーバー|予算を超え|太贵|太貴|超预算|너무 비싸",
        r"\b(?:mas barat[oa]s?|mais barat[oa]s?|moins chers?|billiger(?:es?)?|gunstiger(?:es?)?|piu economic[oi]|meno car[oi])\b",
        r"demasiado caro|muy caro|trop cher|zu teuer|troppo caro|muito caro",
    ),
    Facet.ROAST: _any_of(
        r"\b(?:that|this|the) roast(?:ing)?(?: level)? (?:isnt|is not|is wrong|doesnt (?:work|suit))(?: for me| right)?\b",
        r"\b(?:wrong|different|another|not (?:my|the right)) roast(?:ing)?(?: level)?\b",
        r"\bnot my (?:kind of )?roast\b|焙煎が違|焙煎度が合わ|烘焙度不对",
    ),
    Facet.PROCESS: _any_of(
        r"\b(?:wrong|different|another|not (?:my|the right)) process(?:ing)?\b",
        r"\bprocess(?:ing)? (?:isnt|is not|is wrong|doesnt)\b",
        r"精製が違|处理法不对",
    ),
    Facet.ORIGIN: _any_of(
        r"\b(?:wrong|different|another|some other|other) (?:origin|country|region)\b",
        r"\borigin (?:isnt|is not|is wrong)\b|\bsomewhere else\b",
        r"違う産地|別の産地|别的产地|換個產地|换个产地",
    ),
    Facet.FLAVOUR: _any_of(
        r"\b(?:wrong|different|other) (?:flavou?rs?|taste|notes|profile)\b",
        r"\bnot my (?:taste|flavou?r)\b|味が違|口味不对",
    ),
}


def complaints(folded: Folded) -> list[tuple[Facet, int, int]]:
    """(facet, start, end) of each complaint, the offsets into the folded text."""
    return [(facet, match.start(), match.end()) for facet, pattern in _COMPLAINTS.items() for match in pattern.finditer(folded.text)]


def complaints_in(text: str) -> list[tuple[Facet, str]]:
    """Each complaint of a message with its words."""
    folded = fold(text)
    return [(facet, folded.quote(start, end)) for facet, start, end in complaints(folded)]


def complained_of(text: str, offered: Sequence[str], count: int) -> tuple[int, ...]:
    """Which of `count` coffees on the table a complaint is about, from 0: those it points at, all ("these"), else the first."""
    pointed = [found.reference for found in references_in(read(text), (), offered)]
    places = [count if reference.place == LAST else reference.place for reference in pointed if reference.place]
    places += [offered.index(reference.name) + 1 for reference in pointed if reference.name in offered]
    there = tuple(dict.fromkeys(place - 1 for place in places if place <= count))
    return there or (tuple(range(count)) if any(reference.bare and reference.several for reference in pointed) else (0,))
