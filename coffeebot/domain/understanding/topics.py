"""Which question that people ask at a bar a message asks: what washed means, how to brew it, why it was sour."""

import re
from collections.abc import Sequence
from functools import lru_cache

from coffeebot.domain.folding import Folded, fold
from coffeebot.domain.lexicon import Lexicon
from coffeebot.domain.understanding.bar_questions import ASKING, FAULTS, NOT_SOUR, TOPICS
from coffeebot.domain.words import words

_MOST_CAFFEINE = re.compile(
    r"\b(?:most|more|highest|lots of|a lot of) caffein\w*\b|\b(?:wakes?|waking) (?:me|us|you) up\b|"
    r"\b(?:kick|jolt|buzz|wallop)\b|目が覚め|眠気"
)
_SEEKS_CAUSE = re.compile(r"\?|？|\b(?:why|how|what|fix|help|warum|pourquoi|por que)\b|なぜ|どうして|どうすれば|なんで|か$")
_PATTERNS = dict(TOPICS)


@lru_cache(maxsize=1)
def _bar_words() -> Lexicon[str]:
    return Lexicon((word, word) for word in words("bar"))


_SHORT = tuple(
    (re.compile(rf"\b(?:{slips})\b"), meant)
    for slips, meant in (
        ("wat|waht|wht|whta|wot", "what"),
        ("wats|wots", "whats"),
        ("hwo|hpw|howw", "how"),
        ("wich|whcih|witch", "which"),
        ("y|wy|whyy", "why"),
    )
)


def mended(folded: Folded) -> str:
    """The folded text with the slips of the pen in the bar's own words put right: "anarobic" is anaerobic."""
    text, last = "", 0
    for found in _bar_words().find(folded, typos=True):
        if not found.exact:
            text += folded.text[last : found.start] + found.phrase
            last = found.end
    text += folded.text[last:]
    for slip, meant in _SHORT:
        text = slip.sub(meant, text)
    return text


def topic_of(folded: Folded) -> str:
    """The question for the bar that a message asks, or ""."""
    text = mended(folded)
    if NOT_SOUR.search(text):
        return ""
    asks = ASKING.search(text) is not None or _MOST_CAFFEINE.search(text) is not None
    return next((topic for topic, pattern in TOPICS if (asks or topic in FAULTS) and pattern.search(text)), "")


_HOW_IT_WAS_BREWED = re.compile(
    r"\d{1,3} ?(?:degrees|deg\b|°|c\b|f\b|g\b|grams?|ml|sec|seconds?|min|minutes?|度|℃|グラム|分|秒)|\b(?:grind|ground|grinder|kettle|"
    r"boil(?:ing|ed)?|pour|brew|water|"
    r"spoons?|scoops?|from the (?:start|first|beginning)|first bag|since|always been|every (?:time|cup)|changed|lately|only (?:now|"
    r"recently)|new (?:grinder|bag))\b|"
    r"ずっと|最初から|最近|変え|挽|お湯|ケトル|スプーン|計量|量って"
)


def fault_answered(folded: Folded, earlier: Sequence[str]) -> str:
    """The fault of a cup about which the shopper was just asked, when the message tells how it was brewed; or ""."""
    fault = fault_of(fold(earlier[-1])) if earlier else ""
    return fault if fault and _HOW_IT_WAS_BREWED.search(folded.text) else ""


_ELLIPSIS = re.compile(
    r"^\W*(?:(?P<goes_on>and|what about|how about|or|then|same for|und|y|et)\b)?(?: ?(?P<for>with|for|in|as|on|using)\b)?"
    r"(?: an?| the| my)? ?"
    r"(?P<what>[\w -]{3,30}?)(?: then| though| instead| too)?\W*?(?P<asks>[?？]?)\W*$|"
    r"^\W*(?:じゃあ|では|それと|あと)?[、,]?(?P<ja>[^、。はを？?]{2,16}?)(?:の場合|で)?(?:は|なら|だと|だったら)[？?]?\W*$"
)
_AGAIN = {"brew": ("how do i brew with a {}?", "{}の淹れ方は？"), "": ("what is {}?", "what does {} mean?", "{}とは")}


def topic_after(folded: Folded, earlier: Sequence[str], *, brewer: str = "") -> str:
    """The topic of "and for a moka pot?": the question before it, asked of something else.

    `earlier` are messages, the latest last. `brewer` is what the message names to brew with, when it names nothing else.
    """
    match = _ellipsis(folded.text)
    before = _latest_topic(earlier) if match or brewer else ""
    if not before:
        return ""
    if before.startswith("brew_") and brewer:
        return _asked_again("brew", brewer)
    what = (match["what"] or match["ja"]) if match else ""
    told = _asked_again("brew" if before.startswith("brew_") else "", what) if what else ""
    return told or (before if match and match["for"] and match["asks"] else "")


def _ellipsis(text: str) -> re.Match[str] | None:
    """A question that only goes on from another: "and for a moka pot", "natural?"."""
    match = _ELLIPSIS.match(text)
    return match if match and (match["ja"] or match["goes_on"] or match["asks"]) else None


def _asked_again(kind: str, what: str) -> str:
    forms = _AGAIN[kind] if what.isascii() else _AGAIN[kind][-1:]
    return next((topic for form in forms if (topic := topic_of(fold(form.format(what))))), "")


def _latest_topic(earlier: Sequence[str]) -> str:
    """What was asked last, through messages that only went on from it."""
    for place in range(len(earlier) - 1, -1, -1):
        folded = fold(earlier[place])
        if topic := topic_of(folded):
            return topic
        if not (_ellipsis(folded.text) or len(folded.text.split()) <= _SHORT_ANSWER):
            return ""
    return ""


_SHORT_ANSWER = 5  # words: "I've got a Chemex"


def fault_of(folded: Folded) -> str:
    """What was wrong with a cup that a message speaks of without asking why: a topic, or ""."""
    text = mended(folded)
    if NOT_SOUR.search(text) or _SEEKS_CAUSE.search(text):
        return ""
    return next((topic for topic in FAULTS if _PATTERNS[topic].search(text)), "")
