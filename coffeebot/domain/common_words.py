"""Ordinary words: never "corrected" into a coffee word, and no sign that a coffee is being named."""

from coffeebot.domain.words import words

EVERYDAY = words("everyday")
FOREIGN = words("foreign")
COMMON = EVERYDAY | FOREIGN | words("near_misses")
SCRIPT = words("script")  # read over, so that no phrase is found inside them
