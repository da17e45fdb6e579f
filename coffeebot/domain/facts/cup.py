"""Acidity, body and sweetness, where somebody says them."""

import re
from collections.abc import Mapping

from coffeebot.domain.facts.reading import Reading
from coffeebot.domain.vocabulary import Topic, find_words

_BODIES = {
    "full": "full syrupy viscous plush creamy heavy velvety rich big thick buttery lush robust chewy weighty dense opulent",
    "light": "light lightly delicate silky feathery thin lean lithe airy tea-like watery gossamer sheer light-footed slight gauzy",
    "medium": "medium medium-bodied satiny smooth round",
}
_ACIDITIES = {
    "high": "bright brightly brisk briskly juicy vibrant lively sparkling crisp high-toned tart tangy zesty vivid citrusy "
    "effervescent winy winey intense brilliant phosphoric bracing pronounced malic racy pert generous bold buoyant zingy",
    "low": "gentle gently soft low muted mild subdued quiet delicate faint restrained understated mellow no little barely imperceptible",
    "medium": "balanced round rounded medium moderate sweet",
}
_SWEETNESSES = {
    "high": "high deeply richly intensely very lush opulent honeyed",
    "medium": "medium gently balanced sweetly crisply",
    "low": "low bitter bittersweet dry savory-leaning",
}
_OF_ANOTHER = re.compile(r"^.*\b(?:structure|with)\b", re.IGNORECASE | re.DOTALL)  # "crisp structure with balanced acidity"
_SAID = {  # what a sentence must hold at least: looking for it first spares looking back from each letter
    "acidity": re.compile(r"\bacidity\b", re.IGNORECASE),
    "body": re.compile(r"\b(?:mouthfeel|body|viscosity)\b", re.IGNORECASE),
    "sweetness": re.compile(r"\bsweet\b", re.IGNORECASE),
}
_LEVELS: dict[str, tuple[Topic, re.Pattern[str], Mapping[str, str]]] = {
    "acidity": (Topic.ACIDITY, re.compile(r"([\w\s,’'-]*?)\bacidity\b", re.IGNORECASE), _ACIDITIES),
    "body": (Topic.BODY, re.compile(r"([^.;:!?]*?)\b(?:mouthfeel|body|viscosity)\b", re.IGNORECASE), _BODIES),
    "sweetness": (Topic.SWEETNESS, re.compile(r"\b([\w-]+)\s+sweet\b", re.IGNORECASE), _SWEETNESSES),
}


def cup_level(reading: Reading, fact: str) -> str | None:
    """The level of acidity, body or sweetness that a coffee's column states, else its prose; None where neither does."""
    topic, pattern, levels = _LEVELS[fact]
    stated = str(getattr(reading.coffee, fact))
    level = _level(stated, levels) or _word(stated, topic)
    if level:
        reading.keep(fact, stated)
        return level
    for sentence in filter(_SAID[fact].search, reading.tasted()):
        for found in pattern.finditer(sentence):
            if level := _level(_OF_ANOTHER.sub("", found[1]), levels):
                reading.keep(fact, found[0].strip())
                return level
    return None


def _level(text: str, levels: Mapping[str, str]) -> str | None:
    """The level that the last telling word names: in "bright but gentle acidity" the nearer one counts.

    A middling word beside a plainer one ("bright, balanced") does not take away from it.
    """
    stated = text.strip().lower()
    if stated in levels:
        return stated
    middling = None
    for word in reversed(re.findall(r"[a-z]+(?:-[a-z]+)*", stated)):
        for level, listed in levels.items():
            if word in listed.split():
                if level != "medium":
                    return level
                middling = level
    return middling


def _word(text: str, topic: Topic) -> str | None:
    """The level of a column in any language, where it says one."""
    found = {hit.word.value for hit in find_words(text, topic)}
    return found.pop() if len(found) == 1 else None
