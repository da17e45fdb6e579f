"""Of which varieties a coffee is."""

import re
from collections.abc import Sequence

from coffeebot.domain.facts.reading import Reading
from coffeebot.domain.folding import plain
from coffeebot.domain.variety_names import variety_names
from coffeebot.domain.vocabulary import canonical_variety, find_varieties

LANDRACE = "ethiopian landrace"
_HOMES = {"Ethiopia", "Yemen", "South Sudan"}  # elsewhere "heirloom" only says that a variety is old
_NO_NAMES = {"unknown", "mixed", "various", "blend", "n a", "other"}
# "Bourbon-related SL34", "a mutation of Typica", "a cross of Caturra and Timor Hybrid": kin of a variety, not the variety
_KIN = re.compile(
    r"\b[\w-]+[- ](?:related|derived|like|influenced|descended)\b|"
    r"\b(?:mutations?|mutants?|cross(?:es|ing)?|hybrids?|descendants?|relatives?|offspring) "
    r"(?:of|between|from) [^.;,()]+",
    re.IGNORECASE,
)


def varieties(reading: Reading, origins: Sequence[str]) -> tuple[str, ...]:
    """The varieties that the column names, else the name and prose, in lower case and under their usual names."""
    if reading.coffee.varieties:
        named = {
            canonical_variety(name): text
            for text in reading.coffee.varieties
            for name in variety_names(text)
            if plain(name) not in _NO_NAMES
        }
        if named:
            reading.keep("varieties", next(iter(named.values())))
        return tuple(named)
    found: dict[str, str] = {}
    for passage in reading.told:
        for name in find_varieties(_KIN.sub(" ", passage)):
            found.setdefault(name, passage)
    if LANDRACE in found and (len(found) > 1 or origins) and not _HOMES & set(origins):
        del found[LANDRACE]
    if found:
        reading.keep("varieties", next(iter(found.values())))
    return tuple(found)
