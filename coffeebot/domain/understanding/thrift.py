"""Finds the wish for whatever costs least: "the cheapest you have"."""

import re

from coffeebot.domain.folding import Folded

_CHEAPEST = re.compile(
    r"(?<!not the )(?<!not your )(?<!dont want the )\b(?:cheapest|least expensive|lowest[- ]priced?|most affordable|"
    r"(?:lo|el|la|los|las) mas barat[oa]s?|(?:le|la|les) moins cher(?:e|es|s)?|(?:billig|gunstig)st(?:e|en|er|es)?|"
    r"(?:o|a|os|as) mais barat[oa]s?|(?:il|la|i|le) (?:piu economic[oaie]|meno car[oaie]))\b|"
    r"(?:一番|いちばん|最も|もっとも)(?:お)?(?:安い|安く|手頃)|最安|最便宜|最平|가장 (?:싼|저렴)|제일 (?:싼|저렴)"
)


def cheapest_in(folded: Folded) -> str:
    """The shopper's words for it, or ""."""
    found = _CHEAPEST.search(folded.text)
    return folded.quote(found.start(), found.end()).strip() if found else ""
