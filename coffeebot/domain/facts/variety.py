"""Of which varieties a coffee is."""

import re
from collections.abc import Iterator, Sequence

from coffeebot.domain.facts.reading import Reading
from coffeebot.domain.folding import plain
from coffeebot.domain.places import canonical_country
from coffeebot.domain.variety_names import variety_names
from coffeebot.domain.vocabulary import canonical_variety, find_varieties

LANDRACE = "ethiopian landrace"
_HOMES = {"Ethiopia", "Yemen", "South Sudan"}  # elsewhere "heirloom" only says that a variety is old
_NAME = r"(?:[A-Z][\w’'-]*|\d{5})(?: (?:[A-Z][\w’'-]*|\d{1,5}))*"
_LISTED = re.compile(rf"\b({_NAME}(?:(?:, and|,| and| &) {_NAME})*) variet(?:y|ies)\b")
_NO_NAMES = {"unknown", "mixed", "various", "blend", "n", "n a", "other", "arabica"}
# "Bourbon-related SL34", "a mutation of Typica", "a cross of Caturra and Timor Hybrid": kin of a variety, not the variety
_KIN = re.compile(
    r"\b[\w-]+[- ](?:related|derived|like|influenced|descended)\b|"
    r"\b(?:mutations?|mutants?|cross(?:es|ing)?|hybrids?|descendants?|relatives?|offspring) "
    r"(?:of|between|from) [^.;,()]+",
    re.IGNORECASE,
)


def stated_varieties(label: str) -> tuple[str, ...]:
    """The varieties that a label names, in lower case and under their usual names; "Unknown" names none."""
    return tuple(known for name in variety_names(label) if plain(name) not in _NO_NAMES and (known := canonical_variety(name)))


def varieties(reading: Reading, origins: Sequence[str]) -> tuple[str, ...]:
    """The varieties that the column names, else the name and prose, in lower case and under their usual names."""
    if reading.coffee.varieties:
        named = {name: text for text in reading.coffee.varieties for name in stated_varieties(text)}
        if named:
            reading.keep("varieties", next(iter(named.values())))
        return tuple(named)
    grown = _found(reading.grown)
    found = grown or _found(reading.told) or {name: text for name, text in _found(reading.kind).items() if name == LANDRACE}
    if LANDRACE in found and (len(found) > 1 or origins) and not _HOMES & set(origins):
        del found[LANDRACE]
    if found:
        reading.keep("varieties", next(iter(found.values())))
    return tuple(found)


def _found(passages: Sequence[str]) -> dict[str, str]:
    """The varieties that passages name, each with the first that does: those we know, and any that is called a variety."""
    found: dict[str, str] = {}
    for passage in passages:
        own = _KIN.sub(" ", passage)
        for name in (*find_varieties(own), *_called_varieties(own)):
            found.setdefault(name, passage)
    return found


def _called_varieties(text: str) -> Iterator[str]:
    """ "the Bourbon, Jackson and Mibirizi varieties" names three, known to us or not."""
    for listed in _LISTED.finditer(text):
        for name in variety_names(listed[1]):
            known = canonical_variety(name)
            if known not in _NO_NAMES and not canonical_country(name) and plain(name) not in ("arabica", "robusta arabica"):
                yield known
