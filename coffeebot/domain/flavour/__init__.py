"""Flavour: families, tasting notes and the words people use for them, in several languages."""

from coffeebot.domain.flavour.families import FAMILIES, FRUIT, GROUPS, NAMES, PLATES, Family, members, plate_family
from coffeebot.domain.flavour.notes import Flavour, Kind, canonical_note, families_of, find_notes, japanese_names

__all__ = [
    "FAMILIES",
    "FRUIT",
    "GROUPS",
    "NAMES",
    "PLATES",
    "Family",
    "Flavour",
    "Kind",
    "canonical_note",
    "families_of",
    "find_notes",
    "japanese_names",
    "members",
    "plate_family",
]
