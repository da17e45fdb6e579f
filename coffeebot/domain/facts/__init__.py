"""A coffee's facts, read from columns where they state them and from its prose where they do not."""

from coffeebot.domain.facts.altitude import altitude
from coffeebot.domain.facts.families import families_by_weight
from coffeebot.domain.facts.whole import facts_of

__all__ = ["altitude", "facts_of", "families_by_weight"]
