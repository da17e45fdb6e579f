"""The accent of the place: any colour an operator likes, moved in lightness until it can be read in both themes.

Contrast is WCAG 2's; lightness is moved in OKLCH (B. Ottosson, 2020), where hue and chroma look the same as it moves.
"""

import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass

READABLE = 4.5  # WCAG 2.2, 1.4.3
STEP = 0.004  # of OKLCH's lightness, which goes from 0 to 1
WASH = 0.12  # how much of the pen is in what it has touched

Colour = tuple[float, float, float]  # sRGB, each 0 to 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a theme prints on, cards first, and what is written on the pen. Contrast lies `way`; `strong` is how far a hovered pen goes."""

    grounds: tuple[str, ...]
    on_pen: str
    way: int
    strong: float


LIGHT = Sheet(grounds=("#FCFAF6", "#F4EFE6", "#EAE3D6"), on_pen="#FFFFFF", way=-1, strong=0.08)
DARK = Sheet(grounds=("#221B17", "#181310", "#100C0A"), on_pen="#141414", way=1, strong=0.06)


@dataclass(frozen=True, slots=True)
class Pen:
    """The four tokens of a theme, as #rrggbb."""

    pen: str
    strong: str
    on_pen: str
    wash: str


def pen(accent: str, sheet: Sheet) -> Pen:
    """`accent` as the nearest colour of its hue that keeps 4.5:1 on every ground, on its own wash, and under what is written on it."""
    lightness, chroma, hue = _oklch(_parsed(accent))
    grounds = [_parsed(ground) for ground in sheet.grounds]
    on_pen = _parsed(sheet.on_pen)

    def readable(colour: Colour) -> bool:
        return all(contrast(colour, other) >= READABLE for other in (*grounds, _mixed(colour, grounds[0], WASH), on_pen))

    found = _moved(lightness, lambda at: readable(_rgb(at, chroma, hue)), sheet.way)
    drawn = _rgb(found, chroma, hue)
    strong = _rgb(min(max(found + sheet.way * sheet.strong, 0), 1), chroma, hue)
    return Pen(_written(drawn), _written(strong), _written(on_pen), _written(_mixed(drawn, grounds[0], WASH)))


def contrast(a: str | Colour, b: str | Colour) -> float:
    """WCAG's ratio of two colours, 1 to 21."""
    light, dark = sorted((_luminance(_parsed(a)), _luminance(_parsed(b))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _moved(lightness: float, fits: Callable[[float], bool], way: int) -> float:
    """The first lightness from here in the theme's way that fits; black and white always do."""
    while not fits(lightness) and STEP <= lightness + way * STEP <= 1 - STEP:
        lightness += way * STEP
    return lightness if fits(lightness) else (0.0 if way < 0 else 1.0)


def _parsed(colour: str | Colour) -> Colour:
    if not isinstance(colour, str):
        return colour
    digits = colour.lstrip("#")
    digits = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    return int(digits[:2], 16) / 255, int(digits[2:4], 16) / 255, int(digits[4:], 16) / 255


def _written(colour: Colour) -> str:
    return "#" + "".join(f"{round(part * 255):02X}" for part in colour)


def _mixed(a: Colour, b: Colour, share: float) -> Colour:
    red, green, blue = (x * share + y * (1 - share) for x, y in zip(a, b, strict=True))
    return red, green, blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _gamma(part: float) -> float:
    part = min(max(part, 0.0), 1.0)
    return part * 12.92 if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055


def _luminance(colour: Colour) -> float:
    return _dot((0.2126, 0.7152, 0.0722), map(_linear, colour))


def _dot(a: Iterable[float], b: Iterable[float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


_TO_LMS = (
    (0.4122214708, 0.5363325363, 0.0514459929),
    (0.2119034982, 0.6806995451, 0.1073969566),
    (0.0883024619, 0.2817188376, 0.6299787005),
)
_TO_LAB = (
    (0.2104542553, 0.7936177850, -0.0040720468),
    (1.9779984951, -2.4285922050, 0.4505937099),
    (0.0259040371, 0.7827717662, -0.8086757660),
)
_FROM_LAB = ((1, 0.3963377774, 0.2158037573), (1, -0.1055613458, -0.0638541728), (1, -0.0894841775, -1.2914855480))
_FROM_LMS = (
    (4.0767416621, -3.3077115913, 0.2309699292),
    (-1.2684380046, 2.6097574011, -0.3413193965),
    (-0.0041960863, -0.7034186147, 1.7076147010),
)


def _oklch(colour: Colour) -> tuple[float, float, float]:
    linear = [_linear(part) for part in colour]
    lms = [_dot(row, linear) ** (1 / 3) for row in _TO_LMS]
    lightness, a, b = (_dot(row, lms) for row in _TO_LAB)
    return lightness, math.hypot(a, b), math.atan2(b, a)


def _rgb(lightness: float, chroma: float, hue: float) -> Colour:
    lab = (lightness, chroma * math.cos(hue), chroma * math.sin(hue))
    lms = [_dot(row, lab) ** 3 for row in _FROM_LAB]
    red, green, blue = (_gamma(_dot(row, lms)) for row in _FROM_LMS)
    return red, green, blue
