"""How far along a wish goes: "the sweetest you have" is the most of all, "something rounder" more than what lies there."""

from dataclasses import dataclass

from coffeebot.domain.taste import Facet, Trait

_ASPECTS = {
    (Facet.BODY, "full"): "fuller",
    (Facet.BODY, "light"): "thinner",
    (Facet.ACIDITY, "low"): "gentler",
    (Facet.ACIDITY, "high"): "brighter",
    (Facet.SWEETNESS, "high"): "sweeter",
    (Facet.FLAVOUR, "fruity"): "fruitier",
}


@dataclass(frozen=True, slots=True)
class Degree:
    """`trait` is the wish, `word` how the shopper put it ("roundest", "less acidic"; "" in Japanese), `most` a superlative."""

    trait: Trait
    word: str
    most: bool

    @property
    def aspect(self) -> str:
        """The side that coffees are measured by (see bearing.measure), or "" where they only have it or not."""
        return _ASPECTS.get((self.trait.facet, self.trait.value), "")


def of_strength(trait: Trait) -> bool:
    """ "Strong" is said of weight, of roast and of caffeine."""
    return trait.facet is Facet.BODY and any(sign in trait.evidence.casefold() for sign in ("strong", "強", "fuert", "stark"))
