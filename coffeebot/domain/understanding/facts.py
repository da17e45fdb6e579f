"""Turns the other wishes into lines: origin, process, roast, variety, flags, brewing, feel, price and score."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from coffeebot.domain.facts.claims import decaf_methods
from coffeebot.domain.flavour.notes import Flavour
from coffeebot.domain.places import Place, PlaceKind
from coffeebot.domain.taste import Facet, Polarity, Trait
from coffeebot.domain.understanding.cues import FacetWord
from coffeebot.domain.understanding.lines import line
from coffeebot.domain.understanding.reading import Reading
from coffeebot.domain.understanding.roasts import COMPARATIVES, RoastSpan, stepped
from coffeebot.domain.understanding.tastes import called_a_note, meant_for
from coffeebot.domain.understanding.wish import Stance, Wish
from coffeebot.domain.vocabulary import DARK_LEVELS, Topic, Word
from coffeebot.domain.words import words


def fact_traits(reading: Reading, wishes: Sequence[Wish], *, asked: Facet | None, roasts: Sequence[str]) -> Iterator[Trait]:
    """The lines about origin, process, roast, variety, flags, brewing and feel. `roasts` are the levels wished for so far."""
    spoken = [wish for wish in wishes if wish.stance in (Stance.WANT, Stance.AVOID) and not _only_bounds(wish, wishes)]
    for wish in spoken:
        match wish.mention.meaning:
            case Place():
                yield from _place_traits(reading, wish, wish.mention.meaning)
            case RoastSpan(levels=levels):
                yield from (line(reading, wish, Facet.ROAST, level) for level in levels)
            case FacetWord(facets=(facet,)) if wish.stance is Stance.AVOID and facet in _LEAST:
                yield line(reading, replace(wish, stance=Stance.WANT), facet, _LEAST[facet], soft=True)
            case Word():
                yield from _word_traits(reading, wish, wish.mention.meaning, asked, roasts)
            case Flavour() if wish.mention.meaning.note == "honey" and _is_process(reading, wish, wishes, asked):
                yield line(reading, wish, Facet.PROCESS, "honey")


def _only_bounds(wish: Wish, wishes: Sequence[Wish]) -> bool:
    """ "Bright but not sour" is bright."""
    meaning = wish.mention.meaning
    return wish.stance is Stance.AVOID and any(
        other.stance is Stance.WANT and other.mention.meaning == meaning
        for other in wishes
        if isinstance(meaning, Word) and meaning.topic in _FEELS and other.clause == wish.clause
    )


_LEAST = {Facet.ACIDITY: "low", Facet.SWEETNESS: "low", Facet.BODY: "light"}  # "no acidity"
_MAKERS = (
    r"roaster(?:s|y|ies|ie)?|roasting|roasted(?! (?:in|by|at|near))|roasts|roastery|brands?|micro ?roasters?|"
    r"coffee compan(?:y|ies)|torrefacteur|rosterei|rostereien|tostadores|tostador|torrefazione|ロースター|焙煎所|自家焙煎|"
    r"の焙煎|焙煎|烘焙商|"
    r"로스터|로스터리"
)
_MADE_AFTER = re.compile(rf"[- ]?(?:(?:based|coffee|specialty|small|indie|independent|craft) ){{0,2}}の?(?:{_MAKERS})")
_MADE_BEFORE = re.compile(
    rf"(?:{_MAKERS}|roasted|based|made|shipped|shipping|shop|shops|local|company|companies) (?:is |are |thats |that is |"
    rf"which is )?(?:in|from|by|out of|near|based in|located in|de|du|aus|en|en|di|da)(?: an?| the)? ?(?:[a-z ]{{0,24}}(?:or|"
    rf"and|,) (?:from |in )?(?:the )?)?$"
)
_FROM = re.compile(r"\b(?:from|in|aus|de|du|des|del|da|from the|in the) (?:the )?$")
_AMBIGUOUS = words("ambiguous_regions")


def _place_traits(reading: Reading, wish: Wish, place: Place) -> Iterator[Trait]:
    text, mention = reading.folded.text, wish.mention
    if _MADE_AFTER.match(text, mention.end) or _MADE_BEFORE.search(text[max(0, mention.start - 60) : mention.start]):
        if place.kind in (PlaceKind.COUNTRY, PlaceKind.ROASTING):
            yield from (line(reading, wish, Facet.ROASTER_COUNTRY, country) for country in place.countries)
        return
    if place.kind is PlaceKind.REGION:
        if place.name in _AMBIGUOUS and not reading.quote(mention.start, mention.end)[:1].isupper():
            return
        yield line(reading, wish, Facet.REGION, place.name)
    elif place.kind is PlaceKind.ROASTING:
        if _FROM.search(text[max(0, mention.start - 16) : mention.start]) and mention.phrase != "us":
            yield from (line(reading, wish, Facet.ROASTER_COUNTRY, country) for country in place.countries)
    else:
        yield from (line(reading, wish, Facet.ORIGIN, country) for country in place.countries)


_PROCESS_WORD = re.compile(r"[ -]?(?:process|processed|coffees?|lots?|method|ed\b|washed|natural|anaerobic|prep)")


def _is_process(reading: Reading, wish: Wish, wishes: Sequence[Wish], asked: Facet | None) -> bool:
    """Whether a bare "honey" is the process: beside another process or an origin, and not called a note."""
    text, mention = reading.folded.text, wish.mention
    if called_a_note(text, mention) or wish.compared:
        return False
    if asked is Facet.PROCESS or _PROCESS_WORD.match(text, mention.end):
        return True
    if _is_instead(wish, wishes):
        return True
    return any(
        _of_process(other)
        or (
            isinstance(other.mention.meaning, Place)
            and re.fullmatch(r"[ -]?", text[min(mention.end, other.mention.end) : max(mention.start, other.mention.start)])
        )
        for other in wishes
        if other.clause == wish.clause and other is not wish
    )


def is_other_process(reading: Reading, wish: Wish, wishes: Sequence[Wish]) -> bool:
    """Whether it names the process that is wanted in place of one: "not anaerobic. Honey"."""
    meaning = wish.mention.meaning
    honey = isinstance(meaning, Flavour) and meaning.note == "honey" and _is_process(reading, wish, wishes, None)
    return (honey or _of_process(wish)) and _is_instead(wish, wishes)


def _of_process(wish: Wish) -> bool:
    return isinstance(wish.mention.meaning, Word) and wish.mention.meaning.topic is Topic.PROCESS


def _is_instead(wish: Wish, wishes: Sequence[Wish]) -> bool:
    """Whether the words before it turn a process down."""
    return any(_of_process(other) and other.stance is Stance.AVOID and other.said and other.clause == wish.clause - 1 for other in wishes)


_NOT_A_ROAST = re.compile(r"[ -](?:bod(?:y|ied)|hearted|note|notes|touch|hint|hints|sweetness|acidity|breakfast|on\b|mouthfeel|fruit|berr)")
_AT_HOME = re.compile(
    r"\b(?:make|making|brew|brewing|pull|pulling|prepare|drink|drinking|use|using|have) (?:my |an? |some |mostly |mainly |"
    r"usually )?$"
)
_AT_TIMES = re.compile(r" (?:at|on|in|over) (?:the )?(?:home|work|weekends?|office|sundays?|saturdays?|mornings?|night)\b")


_MADE_AS = re.compile(r"(?:コーヒー)?(?:に(?:合|した|する|使|向|して|最適)|で(?:飲|淹|作|\W|$)|用|を作|を飲|が飲み|したい)")  # of cold brew


def _is_brewed(text: str, start: int, end: int) -> bool:
    """Whether it is how somebody drinks, and no kind of bean: "I make espresso", "espresso at weekends"."""
    return bool(_AT_HOME.search(text[max(0, start - 24) : start]) or _AT_TIMES.match(text, end))


_BOOZE = re.compile(r"\b(?:rum|whisk(?:e)?y|boozy|barrel|scotch|brandy|liquor|cognac|drinker)\b")


def _word_traits(reading: Reading, wish: Wish, word: Word, asked: Facet | None, roasts: Sequence[str]) -> Iterator[Trait]:
    match word.topic:
        case Topic.ROAST:
            yield from _roast_traits(reading, wish, word, roasts)
        case Topic.FLAG:
            yield from _flag_traits(reading, wish, word.value, asked)
        case Topic.PROCESS:
            yield line(reading, wish, Facet.PROCESS, word.value, soft=word.bare)
        case Topic.VARIETY:
            if word.value == "bourbon" and (wish.compared or _BOOZE.search(reading.folded.text)):
                yield line(reading, wish, Facet.FLAVOUR, "boozy")
            else:
                yield line(reading, wish, Facet.VARIETY, word.value)
        case Topic.BREW_METHOD:
            yield from _brew_traits(reading, wish, word.value)
        case _:
            yield from _feel_traits(reading, wish, word)


def _roast_traits(reading: Reading, wish: Wish, word: Word, roasts: Sequence[str]) -> Iterator[Trait]:
    text, mention = reading.folded.text, wish.mention
    if (word.bare and _NOT_A_ROAST.match(text, mention.end)) or (mention.phrase == "hell" and reading.language != "de"):
        return
    levels: Sequence[str] = (word.value,)
    if word.value == "Dark":
        levels = DARK_LEVELS
    said = text[mention.start : mention.end]
    if said in COMPARATIVES:
        levels = stepped(COMPARATIVES[said], list(roasts))
    yield from (line(reading, wish, Facet.ROAST, level) for level in levels)


_ONLY = re.compile(r"\b(?:only|must|has to|have to|needs? to)\b|だけ|のみ|限定|に限")


def _flag_traits(reading: Reading, wish: Wish, value: str, asked: Facet | None) -> Iterator[Trait]:
    text, mention = reading.folded.text, wish.mention
    if value == "single_origin":
        turned = Stance.WANT if wish.stance is Stance.AVOID else Stance.AVOID
        yield line(reading, replace(wish, stance=turned, since=mention.start), Facet.FLAG, "blend")
    elif value == "decaf":
        methods, avoided = list(decaf_methods(text[mention.start : mention.end])), wish.stance is Stance.AVOID
        if not (methods and avoided):  # "no Swiss Water" is no word against decaf
            yield line(reading, wish, Facet.DECAF, "decaf")
        yield from (line(reading, wish, Facet.FLAG, method, soft=not (avoided or _ONLY.search(text))) for method in methods)
    elif (value in ("espresso", "cold_brew") and (asked is Facet.BREW_METHOD or _is_brewed(text, mention.start, mention.end))) or (
        value == "cold_brew" and (meant_for(text, mention.start) or _MADE_AS.match(text, mention.end))
    ):
        yield from _brew_traits(reading, wish, value)
    else:
        yield line(reading, wish, Facet.FLAG, value)


def _brew_traits(reading: Reading, wish: Wish, value: str) -> Iterator[Trait]:
    """How it is brewed only ranks; beans for an espresso machine had better be meant for espresso."""
    if wish.stance is not Stance.WANT:
        return
    yield line(reading, wish, Facet.BREW_METHOD, value, soft=True)
    machine = wish.mention.meaning == Word(Topic.BREW_METHOD, "espresso")
    if machine and meant_for(reading.folded.text, wish.mention.start):
        yield line(reading, wish, Facet.FLAG, value, soft=True)


_FEELS = {
    Topic.MILK: Facet.MILK,
    Topic.BODY: Facet.BODY,
    Topic.ACIDITY: Facet.ACIDITY,
    Topic.SWEETNESS: Facet.SWEETNESS,
    Topic.BITTERNESS: Facet.BITTERNESS,
    Topic.NOVELTY: Facet.NOVELTY,
}
_OPPOSITE = {
    "high": "low",
    "low": "high",
    "full": "light",
    "light": "full",
    "milk": "black",
    "black": "milk",
    "adventurous": "familiar",
    "familiar": "adventurous",
}


def _feel_traits(reading: Reading, wish: Wish, word: Word) -> Iterator[Trait]:
    """Body, acidity, sweetness, bitterness, milk, novelty: they only ever rank; "not too sour" is low acidity."""
    value = word.value
    if wish.stance is Stance.AVOID:
        if word.topic is Topic.MILK and word.value == "black":
            return
        value = _OPPOSITE.get(value, "")
    if value:
        quoted = replace(wish, stance=Stance.WANT, mention=replace(wish.mention, start=_since(wish)))
        yield line(reading, quoted, _FEELS[word.topic], value, soft=True)


def _since(wish: Wish) -> int:
    near = wish.stance is Stance.AVOID and 0 <= wish.mention.start - wish.since <= 40
    return min(wish.since, wish.mention.start) if near else wish.mention.start


def money_traits(reading: Reading) -> Iterator[Trait]:
    """Budgets and the score."""
    for budget in reading.budgets:
        soft = bool(
            re.search(
                r"\b(?:ideally|preferably|hopefully|idealmente|idealerweise)\b|できれば|最好",
                reading.folded.text[max(0, budget.start - 24) : budget.start],
            )
        )
        for value, amount in (("min", budget.least), ("max", budget.most)):
            if amount is not None:
                yield Trait(
                    facet=Facet.BUDGET,
                    value=value,
                    polarity=Polarity.WANT if soft else Polarity.MUST,
                    strength=1 if soft else 2,
                    evidence=reading.quote(budget.start, budget.end).strip(),
                    amount=amount,
                    currency=budget.currency,
                    grams=budget.grams,
                )
    if reading.score:
        for value, amount in (("min", reading.score.least), ("max", reading.score.most)):
            if amount is not None:
                yield Trait(Facet.SCORE, value, evidence=reading.quote(reading.score.start, reading.score.end).strip(), amount=amount)
