"""The taste wheel, drawn: printed petals, names along the rim, the shopper's line in pen, the picks' numbers. A table says it in words."""

import math

import reflex as rx

from coffeebot.components.words import word
from coffeebot.domain.flavour import PLATES

CENTRE, HUB, RIM = 170, 24, 138
RINGS = (62, 100, 138)
PETAL = "M0 -7C-15 -39 -26.7 -81.8 0 -100C26.7 -81.8 15 -39 0 -7Z"  # points up, 100 long
INNER = "M0 -7C-7.8 -29.2 -13.8 -60.3 0 -72C13.8 -60.3 7.8 -29.2 0 -7Z"


def wheel(profile) -> rx.Component:
    """`profile` has the card's vars, the wheel's geometry among them."""
    middle = {"transform": f"translate({CENTRE} {CENTRE})"}
    line = rx.cond(profile.line != "", rx.el.svg.path(d=profile.line, class_name="penline"), rx.fragment())
    drawn = rx.el.svg(
        _hatching(),
        *[_ring(radius) for radius in RINGS],
        *[_spoke(n) for n in range(len(PLATES))],
        rx.el.svg.g(rx.foreach(profile.avoided, _avoided), rx.foreach(profile.petals, _petal), custom_attrs=middle),
        line,
        rx.foreach(profile.dots, _dot),
        *[part for n, family in enumerate(PLATES) for part in _name(n, family, profile.rim[family])],
        rx.foreach(profile.picks, _number),
        view_box="8 8 324 324",
        class_name="wheel",
        role="img",
        aria_label=rx.cond(profile.says != "", profile.says, word("wheel.blank")),
    )
    return rx.fragment(drawn, rx.cond(profile.blank, rx.fragment(), _table(profile)))


def _table(profile) -> rx.Component:
    def row(line: rx.Var) -> rx.Component:
        return rx.el.tr(rx.el.th(line.family, scope="row"), rx.el.td(line.liking), key=line.family)

    head = rx.el.thead(rx.el.tr(rx.el.th(word("wheel.family"), scope="col"), rx.el.th(word("wheel.liking"), scope="col")))
    return rx.el.div(rx.el.table(head, rx.el.tbody(rx.foreach(profile.legend, row))), class_name="vh")


def _dot(dot: rx.Var) -> rx.Component:
    return rx.el.svg.circle(class_name="pdot", custom_attrs={"cx": dot.x, "cy": dot.y, "r": 3.4})


def _hatching() -> rx.Component:
    stroke = rx.el.svg.path(d="M0 0V6", custom_attrs={"stroke": "var(--ink-3)", "strokeWidth": 1.6})
    size = {"width": "6", "height": "6", "patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    return rx.el.svg.defs(rx.el.svg.pattern(stroke, id="hatch", custom_attrs=size))


def _ring(radius: int) -> rx.Component:
    return rx.el.svg.circle(class_name="ring out" if radius == RIM else "ring", custom_attrs={"cx": CENTRE, "cy": CENTRE, "r": radius})


def _petal(petal: rx.Var) -> rx.Component:
    both = rx.fragment(rx.el.svg.path(d=PETAL, class_name="petal"), rx.el.svg.path(d=INNER, class_name="petal in"))
    return rx.el.svg.g(both, custom_attrs={"transform": petal.turn, "data-family": petal.family, "data-lit": petal.lit}, key=petal.family)


def _avoided(petal: rx.Var) -> rx.Component:
    return rx.el.svg.g(rx.el.svg.path(d=PETAL, class_name="avoid"), custom_attrs={"transform": petal.turn})


def _number(number: rx.Var) -> rx.Component:
    circle, text = rx.el.svg.circle(custom_attrs={"r": 10}), rx.el.svg.text(number.text, custom_attrs={"y": 4.3})
    return rx.el.svg.g(circle, text, class_name="pk", custom_attrs={"transform": number.place})


def _spoke(n: int) -> rx.Component:
    degrees = n * 360 / len(PLATES)
    return rx.el.svg.path(d=f"M{_at(HUB, degrees)}L{_at(RIM, degrees)}", class_name="spoke")


def _name(n: int, family: str, cls: rx.Var) -> list[rx.Component]:
    """A name runs along the rim as on a printed dial, upside down never."""
    degrees = n * 360 / len(PLATES)
    low = 95 < degrees < 265
    radius = RIM + (19 if low else 9)
    begin, end = (degrees + 34, degrees - 34) if low else (degrees - 34, degrees + 34)
    arc = f"M{_at(radius, begin)}A{radius} {radius} 0 0 {0 if low else 1} {_at(radius, end)}"
    text = rx.el.svg.text_path(
        word(f"family.{family}"), custom_attrs={"href": f"#rim-{family}", "startOffset": "50%", "textAnchor": "middle"}
    )
    return [rx.el.svg.path(d=arc, id=f"rim-{family}", class_name="arc"), rx.el.svg.text(text, class_name=cls)]


def _at(radius: float, degrees: float) -> str:
    turn = math.radians(degrees)
    return f"{CENTRE + radius * math.sin(turn):.1f} {CENTRE - radius * math.cos(turn):.1f}"
