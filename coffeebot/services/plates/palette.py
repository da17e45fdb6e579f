"""The spot colours of the plates, by theme and family; assets/css/tokens.css holds the same values for the page."""

from typing import Literal, NamedTuple

Theme = Literal["light", "dark"]


class Inks(NamedTuple):
    """A family's colours: the ground, two passes, and the line."""

    ground: str
    first: str
    second: str
    line: str


LIGHT = {
    "floral": Inks("#E8DDE8", "#A77BB3", "#D9A0B8", "#5E4176"),
    "fruity": Inks("#EBCFCD", "#B22F4F", "#7C2453", "#E4747A"),
    "citrus": Inks("#F5E4B4", "#E2951B", "#F0BF35", "#A9541A"),
    "sweet": Inks("#F0DFC0", "#C58529", "#E2B25E", "#7E4C16"),
    "cocoa": Inks("#DECBB6", "#70452A", "#A0704A", "#3D2416"),
    "spice": Inks("#F0D2BC", "#B3471F", "#DB8647", "#682918"),
    "roasted": Inks("#D2C8BD", "#2E2622", "#65544A", "#BE4E2A"),
    "fermented": Inks("#DFCBD4", "#611F47", "#934168", "#C9803F"),
    "green": Inks("#DEE3CB", "#5D7D4A", "#98AB6D", "#2C4B38"),
}
DARK = {
    "floral": Inks("#2D2433", "#9B74AA", "#C98FAA", "#E3C9EC"),
    "fruity": Inks("#34191F", "#B83F5B", "#8A3465", "#F0A0A0"),
    "citrus": Inks("#362A10", "#D08C22", "#E3B544", "#F6DFA0"),
    "sweet": Inks("#33260F", "#B57C2C", "#D3A65A", "#F1D6A2"),
    "cocoa": Inks("#2A1D14", "#7C5136", "#A67B57", "#E2C6A6"),
    "spice": Inks("#351E12", "#B4522A", "#D0824A", "#F3C7A3"),
    "roasted": Inks("#241F1C", "#6B5B50", "#46392F", "#E0714A"),
    "fermented": Inks("#2C1624", "#84376A", "#A9527C", "#E3A564"),
    "green": Inks("#1F271A", "#63834F", "#93A76B", "#D3E0B4"),
}
THEMES: dict[Theme, dict[str, Inks]] = {"light": LIGHT, "dark": DARK}
OVERPRINT: dict[Theme, str] = {"light": "multiply", "dark": "normal"}  # ink darkens paper; on a dark ground it covers

FAMILIES = tuple(LIGHT)
