"""Green and tea: sprigs, two leaves and a bud, blades of grass."""

from coffeebot.services.plates.sheet import HALFTONE, Sheet


def sprigs(s: Sheet) -> None:
    for x, bend, scale in [(s.jitter(74, 8), -10, 1.0), (s.jitter(140, 8), 12, 0.82)]:
        s.stroke(f"M{x:.0f} 206Q{x + bend:.0f} 110 {x + bend * 1.6:.0f} 22", width=2)
        for k in range(5):
            y = 182 - k * 34 * scale - s.between(0, 5)
            q = (206 - y) / 184
            px = x + bend * 1.6 * q * q + 2 * bend * q * (1 - q)
            for side in (-1, 1):
                length, ink = (50 - k * 4) * scale + s.jitter(0, 3), s.inks.first if (k + (side > 0)) % 2 else s.inks.second
                _leaflet(s, px, y if side < 0 else y - 10, length, turn=side * (52 - k * 5), fill=ink)
    s.circle(164, s.jitter(40, 8), 17, s.pollen)


def _leaflet(s: Sheet, x: float, y: float, length: float, *, turn: float, fill: str) -> None:
    a, b, c = length * 0.34, length * 0.3, length * 0.74
    right = f"M0 0C{a:.1f} {-b:.1f} {a:.1f} {-c:.1f} 0 {-length:.1f}"
    with s.at(x, y, turn=turn):
        s.path(f"{right}C{-a:.1f} {-c:.1f} {-a:.1f} {-b:.1f} 0 0Z", fill, over=True)
        s.path(f"{right}Z", HALFTONE)
        s.stroke(f"M0 -4V{-length * 0.8:.1f}", s.inks.ground, width=1.4, opacity=0.8)


def pick(s: Sheet) -> None:
    """Two leaves and a bud, the way tea is picked, very large."""
    x = s.jitter(100, 6)
    s.stroke(f"M{x - 8:.0f} 214C{x - 2:.0f} 186 {x - 4:.0f} 166 {x:.0f} 138", width=4)
    for side, ink in ((-1, s.inks.first), (1, s.inks.second)):
        _big_leaf(s, x, 150 - (side > 0) * 8, 142, turn=side * s.between(44, 56), fill=ink)
    with s.at(x, 142, turn=s.jitter(0, 6)):
        s.path("M0 0C20 -22 18 -80 0 -112C-16 -78 -18 -24 0 0Z", s.inks.second, over=True)
        s.path("M0 0C20 -22 18 -80 0 -112Z", HALFTONE)
        s.stroke("M-3 -12C-8 -40 -6 -70 0 -96", width=1.6)
    s.circle(s.jitter(38, 8), s.jitter(34, 6), 16, s.pollen)


def _big_leaf(s: Sheet, x: float, y: float, length: float, *, turn: float, fill: str) -> None:
    a = length * 0.34
    right = f"M0 0C{a:.1f} {-length * 0.24:.1f} {a:.1f} {-length * 0.76:.1f} 0 {-length:.1f}"
    with s.at(x, y, turn=turn):
        s.path(f"{right}C{-a:.1f} {-length * 0.76:.1f} {-a:.1f} {-length * 0.24:.1f} 0 0Z", fill, over=True)
        s.path(f"{right}Z", HALFTONE)
        s.stroke(f"M0 -4V{-length * 0.9:.1f}", s.inks.ground, width=2, opacity=0.85)
        for k in range(1, 6):
            root, reach = -length * (0.08 + k * 0.13), a * (0.62 - abs(k - 2.6) * 0.1)
            s.stroke(
                f"M0 {root:.1f}L{reach:.1f} {root - reach * 0.8:.1f}M0 {root:.1f}L{-reach:.1f} {root - reach * 0.8:.1f}",
                s.inks.ground,
                width=1.3,
                opacity=0.7,
            )


def blades(s: Sheet) -> None:
    """Lemongrass, leaning all one way, and a low sun."""
    s.circle(s.jitter(140, 14), s.jitter(66, 8), 34, s.pollen)
    for k in range(13):
        x, lean, top = -20 + k * 17 + s.jitter(0, 5), s.between(20, 66), s.between(4, 92)
        wide = s.between(7, 12)
        data = (
            f"M{x:.0f} 208C{x + 4:.0f} 150 {x + lean * 0.4:.0f} {top + 46:.0f} {x + lean:.0f} {top:.0f}"
            f"C{x + lean * 0.55 + wide:.0f} {top + 56:.0f} {x + wide + 6:.0f} 150 {x + wide + 3:.0f} 208Z"
        )
        s.path(data, s.inks.first if k % 2 else s.inks.second, over=True)
        if k % 3 == 0:
            s.path(data, HALFTONE)
        else:
            s.stroke(
                f"M{x + wide * 0.7:.0f} 200C{x + 9:.0f} 150 {x + lean * 0.5 + 2:.0f} {top + 52:.0f} {x + lean - 2:.0f} {top + 8:.0f}",
                s.inks.ground,
                width=1.1,
                opacity=0.7,
            )


COMPOSITIONS = (sprigs, pick, blades)
