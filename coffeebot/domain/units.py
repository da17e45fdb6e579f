"""The weights that coffee is sold by, as people write them: "12 oz", "lbs.", "半ポンド"."""

from decimal import Decimal

OUNCE = Decimal("28.35")
POUND = Decimal("453.6")
BAG = 12 * OUNCE  # a bag without a size
_GRAMS: dict[str, Decimal] = {
    "g": Decimal(1), "oz": OUNCE, "lb": POUND, "kg": Decimal(1000),
}  # fmt: skip
UNIT = (
    r"(?P<{0}>kilograms?|kilogramm|kilogramo|kilos?|kgs?|キロ|公斤|킬로|grams?|gramm|gramos?|grammes?|grammi|gramas?|grs?\b|"
    r"gm?s?(?![a-z])|グラム|克|그램|ounces?|onces?|onzas?|oz\.?|オンス|盎司|온스|pounds?|lbs?\.?|libras?|pfund|livres?|ポンド|磅|파운드)"
)
_UNIT_NAMES: tuple[tuple[str, str], ...] = (
    ("kilo", "kg"), ("kg", "kg"), ("キロ", "kg"), ("公斤", "kg"), ("킬로", "kg"),
    ("ou", "oz"), ("onc", "oz"), ("onz", "oz"), ("oz", "oz"), ("オンス", "oz"), ("盎司", "oz"), ("온스", "oz"),
    ("po", "lb"), ("lb", "lb"), ("lib", "lb"), ("liv", "lb"), ("ポンド", "lb"), ("磅", "lb"), ("파운드", "lb"), ("pfund", "half_kg"),
)  # fmt: skip


def unit_grams(unit: str) -> Decimal:
    """Grams in one of a unit as people write it: "lbs." is 453.6, "Pfund" 500."""
    for start, name in _UNIT_NAMES:
        if unit.startswith(start):
            return Decimal(500) if name == "half_kg" else _GRAMS[name]
    return Decimal(1)
