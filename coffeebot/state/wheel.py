"""The taste wheel's geometry: printed petals by liking, and the shopper's line over them in pen."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from coffeebot.domain.flavour import PLATES, families_of, plate_family
from coffeebot.domain.taste import Facet, Polarity
from coffeebot.domain.turn import TraitLine
from coffeebot.words import listed, term, word

CENTRE, HUB, RIM = 170.0, 24.0, 138.0  # on a sheet of 340 × 340
UNTOLD = 40.0  # where the pen passes a family that nothing was said of
LIKING = {1: 0.5, 2: 0.78, 3: 1.0}  # by a trait's strength
NOTE_LIKING = 0.62  # one note says less than its family
AVOIDED = 0.86
LOOSE = 6.2  # how loosely the pen goes through its points: a Catmull-Rom spline has 6
ASIDE, SPREAD = -12.0, 17.0  # degrees: of a number from its petal, of numbers that share one


@dataclass(frozen=True, slots=True)
class Petal:
    """`turn` places the unit petal, which points up and is 100 long; `lit` is by how much it is liked: faint, warm or full."""

    family: str
    turn: str
    lit: str = ""


@dataclass(frozen=True, slots=True)
class Legend:
    """A family's row of the table that says the wheel to those who do not see it."""

    family: str
    liking: str


@dataclass(frozen=True, slots=True)
class Dot:
    """Where the shopper's line touches a petal."""

    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Number:
    """A pick's number beside its family's petal."""

    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Wheel:
    """`rim` says how each family's name is printed: "", "on" or "av"."""

    petals: tuple[Petal, ...]
    avoided: tuple[Petal, ...]
    line: str
    rim: dict[str, str]
    says: str
    legend: tuple[Legend, ...] = ()
    dots: tuple[Dot, ...] = ()


def plate(line: TraitLine) -> str:
    """The wheel's family of a trait, "" when it is not about flavour."""
    if line.facet == Facet.FLAVOUR:
        return plate_family(line.value)
    found = families_of(line.value) if line.facet == Facet.NOTE else ()
    return plate_family(found[0]) if found else ""


def wheel(lines: Iterable[TraitLine]) -> Wheel:
    liked, avoided = likings(lines)
    lengths = {
        family: HUB + (RIM - HUB) * value if value else HUB * 0.9 if family in avoided else UNTOLD for family, value in liked.items()
    }
    return Wheel(
        petals=tuple(_petal(family, lengths[family], _lit(value)) for family, value in liked.items() if value and family not in avoided),
        avoided=tuple(_petal(family, RIM * AVOIDED) for family in avoided),
        line=_spline([_at(lengths[family] + 3, _degrees(family)) for family in PLATES]) if any(liked.values()) else "",
        rim={family: "av" if family in avoided else "on" if liked[family] >= LIKING[1] else "" for family in PLATES},
        says=_says(liked, avoided),
        legend=tuple(Legend(term("family", family), _liking(liked[family], family in avoided)) for family in PLATES),
        dots=tuple(_dot(lengths[family] + 3, _degrees(family)) for family, value in liked.items() if value and family not in avoided),
    )


def likings(lines: Iterable[TraitLine]) -> tuple[dict[str, float], list[str]]:
    """How much each family is liked, 0 to 1, and which are avoided."""
    liked, avoided = dict.fromkeys(PLATES, 0.0), set()
    for line in lines:
        family = plate(line)
        if not family:
            continue
        if line.polarity == Polarity.AVOID:
            if line.facet == Facet.FLAVOUR:
                avoided.add(family)
        else:
            value = NOTE_LIKING if line.facet == Facet.NOTE else LIKING[line.strength]
            liked[family] = max(liked[family], value)
    return liked, [family for family in PLATES if family in avoided and not liked[family]]


def numbers(picks: Sequence[tuple[str, str]], lines: Iterable[TraitLine]) -> list[Number]:
    """Places each (number, family) at the tip of the family's petal, side by side where they share one."""
    liked, _ = likings(lines)
    placed = []
    for number, family in picks:
        together = [n for n, f in picks if f == family]
        aside = (together.index(number) - (len(together) - 1) / 2) * SPREAD + (ASIDE if len(together) == 1 else 0)
        radius = HUB + (RIM - HUB) * min(max(liked.get(family, 0), 0.55), 0.92)
        x, y = _at(radius, _degrees(family) + aside)
        placed.append(Number(number, f"translate({x:.0f} {y:.0f})"))
    return placed


def _degrees(family: str) -> float:
    return PLATES.index(family) * 360 / len(PLATES) if family in PLATES else 0.0


def _at(radius: float, degrees: float) -> tuple[float, float]:
    return CENTRE + radius * math.sin(math.radians(degrees)), CENTRE - radius * math.cos(math.radians(degrees))


def _petal(family: str, length: float, lit: str = "") -> Petal:
    return Petal(family, f"rotate({_degrees(family):.0f}) scale({length / 100:.2f})", lit)


def _dot(radius: float, degrees: float) -> Dot:
    x, y = _at(radius, degrees)
    return Dot(f"{x:.0f}", f"{y:.0f}")


def _lit(value: float) -> str:
    return "faint" if value <= LIKING[1] else "warm" if value <= LIKING[2] else "full"


def _liking(value: float, avoided: bool) -> str:
    """One family's liking in words."""
    if avoided:
        return word("wheel.avoided")
    return word(f"wheel.{_lit(value)}") if value else word("wheel.untold")


def _spline(points: list[tuple[float, float]]) -> str:
    """A closed curve through the points, as a hand would draw it."""
    path, count = f"M{points[0][0]:.0f} {points[0][1]:.0f}", len(points)
    for i in range(count):
        before, a, b, after = points[i - 1], points[i], points[(i + 1) % count], points[(i + 2) % count]
        path += f"C{a[0] + (b[0] - before[0]) / LOOSE:.0f} {a[1] + (b[1] - before[1]) / LOOSE:.0f} "
        path += f"{b[0] - (after[0] - a[0]) / LOOSE:.0f} {b[1] - (after[1] - a[1]) / LOOSE:.0f} {b[0]:.0f} {b[1]:.0f}"
    return path + "Z"


def _says(liked: Mapping[str, float], avoided: Sequence[str]) -> str:
    """The wheel in words; "" while nothing is written."""
    likes = _named([family for family, value in liked.items() if value])
    said = [word("wheel.likes", families=likes)] if likes else []
    if avoided:
        said.append(word("wheel.avoids", families=_named(avoided)))
    return " ".join(said)


def _named(families: Sequence[str]) -> str:
    return listed([term("family", family).lower() for family in families])
