"""The text that full text and vector search read: a coffee's facts in the words that shoppers use."""

from coffeebot.domain.coffee import CoffeeFacts, Flag, Process, RoastLevel
from coffeebot.domain.flavour import FAMILIES, FRUIT, GROUPS

PROSE_CHARS = 500
_PROCESS_WORDS = {
    Process.WASHED: "washed process, wet processed, clean and clear",
    Process.NATURAL: "natural process, dry processed, dried in the fruit",
    Process.HONEY: "honey process, pulped natural",
    Process.WET_HULLED: "wet-hulled, giling basah, earthy",
    Process.ANAEROBIC: "anaerobic fermentation, experimental",
}
_ROAST_WORDS = {
    RoastLevel.LIGHT: "light roast",
    RoastLevel.MEDIUM_LIGHT: "medium-light roast",
    RoastLevel.MEDIUM: "medium roast",
    RoastLevel.MEDIUM_DARK: "medium-dark roast, darker",
    RoastLevel.DARK: "dark roast, bold",
}
_FLAG_WORDS = {
    Flag.DECAF: "decaf, decaffeinated, without caffeine",
    Flag.ORGANIC: "organic",
    Flag.FAIR_TRADE: "fair trade",
    Flag.ESPRESSO: "for espresso",
    Flag.BLEND: "blend",
    Flag.BARREL_AGED: "barrel aged",
    Flag.COLD_BREW: "cold brew, ready to drink",
    Flag.FILTER: "for filter",
    Flag.RAINFOREST_ALLIANCE: "Rainforest Alliance certified",
    Flag.BIRD_FRIENDLY: "Bird Friendly, shade grown",
    Flag.BIODYNAMIC: "biodynamic",
    Flag.CARBONIC_MACERATION: "carbonic maceration",
    Flag.COFERMENT: "co-fermented",
    Flag.SWISS_WATER: "Swiss Water process",
    Flag.MOUNTAIN_WATER: "Mountain Water process",
    Flag.SUGARCANE_DECAF: "sugarcane (ethyl acetate) process",
    Flag.CO2_DECAF: "CO2 process",
    Flag.SOLVENT_DECAF: "methylene chloride process",
}
_AMERICAS = "Guatemala, Costa Rica, Panama, Honduras, El Salvador, Nicaragua, Mexico"
CONTINENTS = {
    "African": "Ethiopia, Kenya, Rwanda, Burundi, Democratic Republic of the Congo, Tanzania, Uganda, Malawi, Zambia",
    "Central American": _AMERICAS,
    "South American": "Colombia, Peru, Bolivia, Brazil, Ecuador",
    "Asian": "Indonesia, India, Thailand, Vietnam, Papua New Guinea, China, Taiwan, Myanmar, Philippines, Laos, Yemen",
}


def search_document(coffee: CoffeeFacts) -> str:
    """One line a fact, what matters most for taste first: the embedder reads only the first 256 tokens."""
    lines = (
        f"{coffee.name} by {coffee.roaster}",
        _listed("Tastes of", coffee.notes),
        _listed("Flavours:", _families(coffee)),
        _origin(coffee),
        ", ".join(_PROCESS_WORDS[process] for process in coffee.processes),
        _ROAST_WORDS[coffee.roast] if coffee.roast else "",
        _cup(coffee),
        _listed("Variety:", coffee.varieties),
        ", ".join(_FLAG_WORDS[flag] for flag in coffee.flags) or ("single origin" if coffee.blend is False else ""),
        _listed("From", [name for name in (coffee.farm, coffee.producer) if name]),
        f"Roasted in {coffee.roaster_country}" if coffee.roaster_country else "",
        coffee.description[:PROSE_CHARS],
    )
    return ".\n".join(line for line in lines if line)


def _listed(lead: str, items: tuple[str, ...] | list[str]) -> str:
    return f"{lead} {', '.join(items)}" if items else ""


def _families(coffee: CoffeeFacts) -> list[str]:
    names = [FAMILIES[family].english.lower() for family in coffee.families if family in FAMILIES]
    return [*names, "fruity"] if set(coffee.families) & {*FRUIT, *GROUPS} else names


def _origin(coffee: CoffeeFacts) -> str:
    continents = [adjective for adjective, countries in CONTINENTS.items() if set(coffee.origins) & set(countries.split(", "))]
    return ", ".join(
        [*coffee.origins, *(f"{adjective} coffee" for adjective in continents), *(region.title() for region in coffee.regions)]
    )


def _cup(coffee: CoffeeFacts) -> str:
    said = (("body", coffee.body), ("acidity", coffee.acidity), ("sweetness", coffee.sweetness))
    return ", ".join(f"{level} {name}" for name, level in said if level)
