"""Roasted: beans under heat haze, a field of beans, smoke over embers."""

from coffeebot.services.plates.sheet import HALFTONE, SIZE, Sheet, polar


def haze(s: Sheet) -> None:
    for k in range(5):
        y, wave = 26 + k * 15 + s.jitter(0, 3), 9 + k * 1.5
        s.stroke(
            f"M-10 {y:.0f}C30 {y - wave * 2:.0f} 60 {y + wave * 2:.0f} 100 {y:.0f}S170 {y - wave * 2:.0f} 214 {y:.0f}",
            s.inks.second,
            width=2 + k * 0.9,
        )
    s.circle(s.jitter(146, 8), s.jitter(66, 6), 22, s.inks.line)
    for x, y, scale, turn in [(70, 142, 1.3, -28 + s.jitter(0, 14)), (140, 164, 1.0, 30 + s.jitter(0, 14))]:
        _bean(s, x, y, scale, turn=turn, fill=s.inks.first)


def _bean(s: Sheet, x: float, y: float, scale: float, *, turn: float, fill: str) -> None:
    with s.at(x, y, turn=turn, scale=scale):
        s.ellipse(0, 0, 34, 46, fill=fill)
        s.path("M0 -46A34 46 0 0 1 0 46C12 20 -14 -14 0 -46Z", HALFTONE)
        s.stroke("M1 -45C-15 -16 13 16 -1 45", s.inks.ground, width=3.4)


def field(s: Sheet) -> None:
    """Beans in rank and file; one is still glowing."""
    ember = s.random.randrange(5, 11)
    for k in range(16):
        x, y = 22 + (k % 4) * 52, 24 + (k // 4) * 51
        ink = s.inks.line if k == ember else s.inks.second if (k + k // 4) % 2 else s.inks.first
        turn = (38 if (k + k // 4) % 2 else -38) + s.jitter(0, 9)
        _bean(s, x, y, 0.53, turn=turn, fill=ink)


def embers(s: Sheet) -> None:
    """Smoke in bands above a bed of charcoal."""
    _, soft = _tones(s)
    for k in range(4):
        x, sway = 30 + k * 47 + s.jitter(0, 5), s.between(14, 24)
        s.stroke(
            f"M{x:.0f} 140C{x - sway:.0f} 112 {x + sway:.0f} 92 {x:.0f} 62S{x + sway:.0f} 14 {x + s.jitter(0, 8):.0f} -10",
            soft,
            width=16 - abs(k - 1.5) * 3,
            opacity=0.5 if k % 2 else 0.75,
        )
    for k in range(3):
        s.circle(34 + k * 66 + s.jitter(0, 8), s.jitter(152, 4), s.between(20, 27), s.inks.line, over=False)
    for x, y, wide, turn in [
        (22, 168, 70, -12),
        (94, 160, 74, 9),
        (168, 170, 72, -7),
        (56, 188, 84, 5),
        (142, 190, 88, -4),
        (98, 208, 96, 2),
    ]:
        _coal(s, s.jitter(x, 5), y, wide, turn + s.jitter(0, 5))


def _coal(s: Sheet, x: float, y: float, wide: float, turn: float) -> None:
    with s.at(x, y, turn=turn):
        s.rect(-wide / 2, -14, wide, 30, fill=_tones(s)[0], radius=7)
        s.rect(-wide / 2, 0, wide, 16, fill=HALFTONE, radius=7)
        s.stroke(f"M{-wide * 0.34:.0f} -5h{wide * 0.24:.0f}M{wide * 0.04:.0f} -7h{wide * 0.12:.0f}", s.inks.line, width=2)


def _tones(s: Sheet) -> tuple[str, str]:
    """The deeper and the softer of the two passes: on a dark ground they change places."""
    return (s.inks.first, s.inks.second) if s.theme == "light" else (s.inks.second, s.inks.first)


def drum(s: Sheet) -> None:
    """The roaster's window: beans turning behind the glass."""
    deep, soft = _tones(s)
    x, y = s.jitter(100, 5), s.jitter(100, 5)
    for r in (92, 84):
        s.ring(x, y, r, soft, width=2 if r > 90 else 5)
    s.circle(x, y, 78, deep, over=False)
    spots = [(-30, -30), (6, -48), (42, -28), (-52, 8), (-6, -8), (34, 12), (-28, 34), (8, 44), (46, 44)]
    for i, (dx, dy) in enumerate(spots):
        ink = s.inks.line if i == 4 else soft
        _bean(s, x + s.jitter(dx, 3), y + s.jitter(dy, 3), 0.4, turn=s.between(0, 180), fill=ink)
    for r, reach in ((69, 30), (61, 16)):
        s.stroke(f"M{polar(r, -64, x, y)}A{r} {r} 0 0 1 {polar(r, -64 + reach, x, y)}", s.pale, width=3.4, opacity=0.7)
    for k in range(8):
        with s.at(x, y, turn=k * 45 + 22):
            s.circle(0, -88, 3.2, s.inks.line, over=False)
    for cx, cy in [(8, 8), (SIZE - 8, 8), (8, SIZE - 8), (SIZE - 8, SIZE - 8)]:
        s.circle(cx, cy, 5, soft, over=False)


COMPOSITIONS = (haze, field, embers, drum)
