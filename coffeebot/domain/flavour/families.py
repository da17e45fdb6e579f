"""The flavour families: the tree that everyone in the trade knows."""

from dataclasses import dataclass

from coffeebot.domain.words import listed, table


@dataclass(frozen=True, slots=True)
class Family:
    """A branch of the tree.

    `words` name the branch itself ("nutty"), `notes` are its members ("hazelnut"), `like` are adjectives made of a member
    ("lemony"). `plate` is the drawing on a card.
    """

    key: str
    english: str
    japanese: str
    plate: str
    words: tuple[str, ...]
    notes: tuple[str, ...]
    like: tuple[str, ...] = ()


def _family(key: str, told: dict[str, str]) -> Family:
    return Family(
        key, told["english"], told["japanese"], told["plate"], listed(told["words"]), listed(told["notes"]), listed(told.get("like", ""))
    )


FAMILIES: dict[str, Family] = {key: _family(key, told) for key, told in table("families").items()}
FRUIT = ("stone_fruit", "berry", "citrus", "tropical", "apple_pear", "melon", "dried_fruit", "grape_wine")
GROUPS: dict[str, tuple[str, ...]] = {"fruity": FRUIT}
PLATES = ("floral", "fruity", "citrus", "sweet", "cocoa", "spice", "roasted", "fermented", "green")

NAMES: dict[str, dict[str, str]] = {
    "en": {**{key: family.english for key, family in FAMILIES.items()}, "fruity": "Fruity"},
    "ja": {**{key: family.japanese for key, family in FAMILIES.items()}, "fruity": "フルーティー"},
}


def plate_family(family: str) -> str:
    """The drawn plate of a family: one of PLATES."""
    return FAMILIES[family].plate if family in FAMILIES else "fruity"


def members(family: str) -> tuple[str, ...]:
    """The families behind a family or group: "fruity" is all the fruit, any other itself."""
    return GROUPS.get(family, (family,) if family in FAMILIES else ())
