"""The sheet of paper a plate is drawn on: 200 × 200, a family's inks, a halftone, and a hand that is steady by slug."""

import math
from collections.abc import Iterator
from contextlib import contextmanager
from random import Random

from coffeebot.services.plates.palette import OVERPRINT, THEMES, Inks, Theme

SIZE = 200
HALFTONE = "url(#ht)"
DEFS = (
    '<defs><pattern id="ht" width="4.4" height="4.4" patternUnits="userSpaceOnUse" patternTransform="rotate(32)">'
    '<circle cx="2.2" cy="2.2" r="1.05" fill="#1a0d05" opacity=".26"/></pattern></defs>'
)


def polar(radius: float, degrees: float, x: float = 0, y: float = 0) -> str:
    """The point at `degrees` clockwise from noon around (x, y), as path data."""
    angle = math.radians(degrees)
    return f"{x + radius * math.sin(angle):.1f} {y - radius * math.cos(angle):.1f}"


class Sheet:
    """One plate in the making. `over` overprints: the ink below shows through, as on a two-pass press."""

    def __init__(self, family: str, slug: str, theme: Theme) -> None:
        palette = THEMES[theme]
        self.theme: Theme = theme
        self.inks: Inks = palette[family]
        self.leaf_green = palette["green"].first
        self.pollen = palette["citrus"].second
        self.nut = palette["sweet"].second
        self.pale = self.inks.line if theme == "dark" else self.inks.ground  # the lightest ink: a gleam, pith, sugar
        self.random = Random(f"{family}/{slug}")  # a string seed is the same on every run and machine
        self._shapes: list[str] = []

    def between(self, low: float, high: float) -> float:
        return self.random.uniform(low, high)

    def jitter(self, value: float, spread: float) -> float:
        return value + self.random.uniform(-spread, spread)

    def circle(self, x: float, y: float, radius: float, fill: str, *, over: bool = True) -> None:
        self._shapes.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="{fill}"{_over(over)}/>')

    def ring(self, x: float, y: float, radius: float, stroke: str, *, width: float = 1.8, dash: str = "", over: bool = False) -> None:
        dashes = f' stroke-dasharray="{dash}"' if dash else ""
        self._shapes.append(
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" fill="none" '
            f'stroke="{stroke}" stroke-width="{width:.1f}"{dashes}{_over(over)}/>'
        )

    def ellipse(self, x: float, y: float, rx: float, ry: float, *, fill: str, over: bool = False) -> None:
        self._shapes.append(f'<ellipse cx="{x:.1f}" cy="{y:.1f}" rx="{rx:.1f}" ry="{ry:.1f}" fill="{fill}"{_over(over)}/>')

    def rect(self, x: float, y: float, width: float, height: float, *, fill: str, radius: float = 0, over: bool = False) -> None:
        self._shapes.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="{radius:.1f}" fill="{fill}"{_over(over)}/>'
        )

    def path(self, data: str, fill: str, *, over: bool = False, opacity: float = 1) -> None:
        shade = f' opacity="{opacity:.2f}"' if opacity < 1 else ""
        self._shapes.append(f'<path d="{data}" fill="{fill}"{shade}{_over(over)}/>')

    def stroke(self, data: str, colour: str | None = None, *, width: float = 1.6, opacity: float = 1) -> None:
        """A line with round ends, in the family's line colour unless another is given."""
        shade = f' opacity="{opacity:.2f}"' if opacity < 1 else ""
        self._shapes.append(
            f'<path d="{data}" fill="none" stroke="{colour or self.inks.line}" stroke-width="{width:.1f}" '
            f'stroke-linecap="round" stroke-linejoin="round"{shade}/>'
        )

    @contextmanager
    def at(self, x: float = 0, y: float = 0, *, turn: float = 0, scale: float = 1, flip: bool = False) -> Iterator[None]:
        """Everything drawn inside stands at (x, y), turned and scaled."""
        sx = -scale if flip else scale
        self._shapes.append(f'<g transform="translate({x:.1f} {y:.1f}) rotate({turn:.1f}) scale({sx:.2f} {scale:.2f})">')
        yield
        self._shapes.append("</g>")

    def leaf(self, x: float, y: float, length: float, turn: float, *, fill: str | None = None) -> None:
        a, b, c = length * 0.36, length * 0.26, length * 0.74
        with self.at(x, y, turn=turn):
            self.path(
                f"M0 0C{a:.1f} {-b:.1f} {a:.1f} {-c:.1f} 0 {-length:.1f}C{-a:.1f} {-c:.1f} {-a:.1f} {-b:.1f} 0 0Z",
                fill or self.leaf_green,
                over=True,
            )

    def seed(self, x: float, y: float, scale: float, turn: float, *, fill: str) -> None:
        """An almond, a kernel, a stone: one half in halftone, two lines of grain."""
        with self.at(x, y, turn=turn, scale=scale):
            self.path("M0 -38C26 -22 30 18 0 36C-30 18 -26 -22 0 -38Z", fill)
            self.path("M0 -38C26 -22 30 18 0 36Z", HALFTONE)
            self.stroke("M-4 -22C-12 -6 -12 10 -5 24M5 -24C11 -8 12 8 6 24")

    def ball(self, x: float, y: float, radius: float, fill: str) -> None:
        """One of many round fruits; where ink does not overprint, a thin gap keeps it from its neighbours."""
        self.circle(x, y, radius, fill)
        if self.theme == "dark":
            self.ring(x, y, radius, self.inks.ground, width=1.5)
        self.gleam(x, y, radius)

    def gleam(self, x: float, y: float, radius: float) -> None:
        """The light on a round fruit's shoulder."""
        r = radius * 0.62
        self.stroke(
            f"M{x - r:.1f} {y - radius * 0.1:.1f}A{r:.1f} {r:.1f} 0 0 1 {x - radius * 0.05:.1f} {y - r:.1f}",
            self.pale,
            width=2.2,
            opacity=0.75,
        )

    def svg(self) -> str:
        """The finished document: cropped a little differently for each slug, some of them mirrored."""
        zoom = self.between(1, 1.14)
        mirror = -zoom if self.random.random() < 0.5 else zoom
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" preserveAspectRatio="xMidYMid slice">'
            f"<style>.o{{mix-blend-mode:{OVERPRINT[self.theme]}}}</style>{DEFS}"
            f'<rect width="{SIZE}" height="{SIZE}" fill="{self.inks.ground}"/>'
            f'<g transform="translate(100 100) scale({mirror:.2f} {zoom:.2f}) translate(-100 -100)">{"".join(self._shapes)}</g></svg>'
        )


def _over(over: bool) -> str:
    return ' class="o"' if over else ""
