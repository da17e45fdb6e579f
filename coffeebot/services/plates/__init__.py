"""The plates: a coffee without a photograph is drawn, in its flavour family's inks, from its slug alone."""

from collections.abc import Callable

from coffeebot.domain.errors import NotFound
from coffeebot.services.plates import citrus, cocoa, fermented, floral, fruity, green, roasted, spice, sweet
from coffeebot.services.plates.palette import FAMILIES, THEMES, Theme
from coffeebot.services.plates.sheet import Sheet

__all__ = ["COMPOSITIONS", "FAMILIES", "Composition", "Theme", "draw"]

Composition = Callable[[Sheet], None]

COMPOSITIONS: dict[str, tuple[Composition, ...]] = {
    "floral": floral.COMPOSITIONS,
    "fruity": fruity.COMPOSITIONS,
    "citrus": citrus.COMPOSITIONS,
    "sweet": sweet.COMPOSITIONS,
    "cocoa": cocoa.COMPOSITIONS,
    "spice": spice.COMPOSITIONS,
    "roasted": roasted.COMPOSITIONS,
    "fermented": fermented.COMPOSITIONS,
    "green": green.COMPOSITIONS,
}


def draw(family: str, slug: str, *, theme: Theme = "light") -> str:
    """A standalone SVG document, the same for the same arguments. `slug` only seeds the hand; nothing of it is written out.

    Raises NotFound for a family or a theme that does not exist.
    """
    if family not in COMPOSITIONS or theme not in THEMES:
        raise NotFound("There is no such plate.")
    sheet = Sheet(family, slug, theme)
    sheet.random.choice(COMPOSITIONS[family])(sheet)
    return sheet.svg()
