"""Spices: star anise on cinnamon, cloves and peppercorns, cardamom."""

from coffeebot.services.plates.sheet import HALFTONE, Sheet, polar


def anise(s: Sheet) -> None:
    for k in range(3):
        x = 134 + k * 17 + s.jitter(0, 2)
        with s.at(100, 100, turn=34 + s.jitter(0, 4)), s.at(-100, -100):
            s.rect(x, -30, 13, 270, fill=s.inks.second if k % 2 else s.inks.first, radius=6, over=True)
            s.stroke(f"M{x + 6.5:.1f} -20V230")
    _star(s, s.jitter(82, 8), s.jitter(96, 8), 84)
    s.circle(82, 96, 50, HALFTONE, over=False)
    _star(s, 158, s.jitter(160, 6), 36)


def _star(s: Sheet, x: float, y: float, r: float) -> None:
    start = s.between(0, 45)
    for k in range(8):
        t = start + k * 45
        s.path(
            f"M{x:.0f} {y:.0f}C{polar(r * 0.5, t - 24, x, y)} {polar(r * 0.8, t - 13, x, y)} {polar(r, t, x, y)}"
            f"C{polar(r * 0.8, t + 13, x, y)} {polar(r * 0.5, t + 24, x, y)} {x:.0f} {y:.0f}Z",
            s.inks.first if k % 2 else s.inks.second,
            over=True,
        )
        with s.at(x, y, turn=t):
            s.ellipse(0, -r * 0.56, r * 0.055, r * 0.12, fill=s.inks.line)
    s.circle(x, y, r * 0.13, s.inks.line, over=False)


def cloves(s: Sheet) -> None:
    """Cloves strewn over a table, peppercorns between them."""
    for x, y, turn, scale in [
        (46, 52, -28, 1.15),
        (124, 40, 58, 0.95),
        (92, 112, 12, 1.3),
        (164, 118, -46, 1.05),
        (38, 154, 74, 0.95),
        (128, 180, -14, 1.0),
    ]:
        _clove(s, s.jitter(x, 6), s.jitter(y, 6), turn + s.jitter(0, 14), scale)
    for x, y, r in [(84, 18, 9), (182, 58, 12), (20, 104, 10), (138, 84, 8), (80, 184, 12), (188, 178, 9), (62, 100, 6), (176, 14, 7)]:
        _peppercorn(s, s.jitter(x, 5), s.jitter(y, 5), r)


def _clove(s: Sheet, x: float, y: float, turn: float, scale: float) -> None:
    with s.at(x, y, turn=turn, scale=scale):
        s.path("M-6 -8C-6 8 -4 30 0 46C4 30 6 8 6 -8Z", s.inks.first)
        s.path("M0 -8V46C4 30 6 8 6 -8Z", HALFTONE)
        for angle in (-62, -22, 22, 62):
            with s.at(0, -8, turn=angle):
                s.path("M-5 2C-6 -8 -2 -16 0 -20C2 -16 6 -8 5 2Z", s.inks.second, over=True)
        s.circle(0, -15, 10, s.inks.first)
        s.stroke("M-6 -19Q0 -24 6 -19", width=1.4)


def _peppercorn(s: Sheet, x: float, y: float, r: float) -> None:
    s.circle(x, y, r, s.inks.line if s.random.random() < 0.6 else s.inks.second)
    s.stroke(f"M{x - r * 0.5:.1f} {y:.1f}q{r * 0.3:.1f} {-r * 0.5:.1f} {r * 0.9:.1f} {-r * 0.2:.1f}", s.inks.ground, width=1.2, opacity=0.6)


def cardamom(s: Sheet) -> None:
    """Pods in a fan, one of them split, its seeds rolling out."""
    for k, angle in enumerate((-64, -32, 0, 32, 64)):
        with s.at(s.jitter(100, 3), 216, turn=angle + s.jitter(0, 4)), s.at(0, -118 - (k % 2) * 12):
            _pod(s, split=k == 2, light=k % 2 == 1)
    for k in range(9):
        x, y = s.jitter(20 + k * 20, 7), s.jitter(22 if k % 2 else 40, 8)
        with s.at(x, y, turn=s.between(0, 180)):
            s.ellipse(0, 0, 6.5, 5, fill=s.inks.line)
            s.stroke("M-3 0H3", s.inks.ground, width=1, opacity=0.5)


def _pod(s: Sheet, *, split: bool, light: bool) -> None:
    ink = s.inks.second if light else s.inks.first
    s.path("M0 66C34 40 32 -34 0 -66C-32 -34 -34 40 0 66Z", ink, over=True)
    s.path("M0 66C34 40 32 -34 0 -66Z", HALFTONE)
    if split:
        s.path("M0 54C16 34 16 -30 0 -54C-16 -30 -16 34 0 54Z", s.inks.ground)
        for y in (-30, -12, 6, 24):
            s.circle(-4, y, 6, s.inks.line, over=False)
            s.circle(4, y + 9, 6, s.inks.line, over=False)
        return
    for x in (-22, -11, 0, 11, 22):
        s.stroke(f"M0 -58Q{x * 1.5:.0f} 0 0 58", width=1.3)


COMPOSITIONS = (anise, cloves, cardamom)
