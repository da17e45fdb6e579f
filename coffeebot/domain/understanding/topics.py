"""Which question that people ask at a bar a message asks: what washed means, how to brew it, why it was sour."""

import re
from collections.abc import Sequence
from functools import lru_cache

from coffeebot.domain.folding import Folded, fold
from coffeebot.domain.lexicon import Lexicon
from coffeebot.domain.understanding.bar_questions import ASKING, FAULTS, NOT_SOUR, TOPICS
from coffeebot.domain.words import words

_MOST_CAFFEINE = re.compile(r"\b(?:most|more|highest|lots of|a lot of) caffeine\b")
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
    r"^\W*(?:and|what about|how about|or|then|und|y|et)\b(?: with| for| in| as)?(?: an?| the| my)? (?P<what>[\w -]{3,30}?)\W*$|"
    r"^\W*(?:じゃあ|では|それと|あと)?[、,]?(?P<ja>[^、。はを]{2,16})は[？?]?\W*$"
)
_AGAIN = {"brew": ("how do i brew with a {}?", "{}の淹れ方"), "": ("what is {}?", "what does {} mean?", "{}とは")}


def topic_after(folded: Folded, earlier: Sequence[str]) -> str:
    """The topic of "and for a moka pot?": the question before it, asked of something else. `earlier` are messages, the latest last."""
    match = _ELLIPSIS.match(folded.text)
    before = _latest_topic(earlier) if match else ""
    if not match or not before:
        return ""
    what = match["what"] or match["ja"]
    forms = _AGAIN["brew" if before.startswith("brew_") else ""]
    return next((topic for form in forms if (topic := topic_of(fold(form.format(what))))), "")


def _latest_topic(earlier: Sequence[str]) -> str:
    """What was asked last, through messages that only went on from it."""
    for message in reversed(earlier):
        folded = fold(message)
        if topic := topic_of(folded):
            return topic
        if not _ELLIPSIS.match(folded.text):
            return ""
    return ""


def fault_of(folded: Folded) -> str:
    """What was wrong with a cup that a message speaks of without asking why: a topic, or ""."""
    text = mended(folded)
    if NOT_SOUR.search(text) or _SEEKS_CAUSE.search(text):
        return ""
    return next((topic for topic in FAULTS if _PATTERNS[topic].search(text)), "")
