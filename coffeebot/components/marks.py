"""Small drawn marks: roast, process, family, strength, and the shopper's tick. Each stands beside its word."""

import reflex as rx

from coffeebot.components.words import word

BEANS = 5
_CIRCLE = "M2 8a6 6 0 1 0 12 0a6 6 0 1 0 -12 0z"
_PROCESSES = {  # lines, then what is filled
    "natural": ("", _CIRCLE),
    "washed": (f"{_CIRCLE}M3.4 6.8q2.3-2 4.6 0t4.6 0M3.4 10.2q2.3-2 4.6 0t4.6 0", ""),
    "honey": (_CIRCLE, "M2 8a6 6 0 0 0 12 0z"),
    "anaerobic": (_CIRCLE, "M5.4 8a2.6 2.6 0 1 0 5.2 0a2.6 2.6 0 1 0 -5.2 0z"),
    "wet_hulled": (_CIRCLE, "M8 2a6 6 0 0 1 0 12z"),
}
_TICK = "M2.2 10.1C4.1 11.6 5.5 13.4 6.5 15.6C8.9 9.9 12.6 5.3 17.9 2.2"


def roast(step: rx.Var[int], words: rx.Var[str]) -> rx.Component:
    """Five beans, the coffee's own filled in its colour; CSS knows which by `data-step`."""
    beans = [
        rx.el.svg.ellipse(custom_attrs={"cx": 7 + i * 12, "cy": 8, "rx": 3.7, "ry": 5.4, "transform": f"rotate(24 {7 + i * 12} 8)"})
        for i in range(BEANS)
    ]
    drawn = rx.el.svg(*beans, view_box="0 0 62 16", custom_attrs={"aria-hidden": "true", "data-step": step})
    return rx.cond(step > 0, rx.el.span(drawn, rx.el.span(words), class_name="roast"), rx.fragment())


def process(kind: rx.Var[str], words: rx.Var[str]) -> rx.Component:
    marks = [(key, _process_mark(*drawing)) for key, drawing in _PROCESSES.items()]
    return rx.cond(words != "", rx.el.span(rx.match(kind, *marks, rx.fragment()), rx.el.span(words), class_name="proc"), rx.fragment())


def dot(family: rx.Var[str]) -> rx.Component:
    return rx.cond(family != "", rx.el.i(class_name="dot", custom_attrs={"data-family": family}), rx.fragment())


def tick() -> rx.Component:
    path = rx.el.svg.path(d=_TICK)
    return rx.el.svg(path, view_box="0 0 20 18", class_name="tick", custom_attrs={"aria-hidden": "true"})


def strength(of_three: rx.Var[int]) -> rx.Component:
    strokes = [rx.el.i(class_name=rx.cond(of_three > n, "on", "")) for n in range(3)]
    return rx.el.span(*strokes, class_name="str", role="img", aria_label=word("taste.strength", strength=of_three))


def scale(place: rx.Var[int], wanted: rx.Var[int]) -> rx.Component:
    """Three steps: the coffee's own black diamond, and the shopper's stroke in pen where they said one; the words stand beside it."""
    steps = [rx.el.svg.path(d=f"M{12 + n * 54} 5V19", class_name="tk") for n in range(3)]
    coffee = rx.el.svg.path(d="M0 -7 6 0 0 7 -6 0Z", class_name="cf")
    stroke = rx.el.svg.path(d="M-3 9 3 -9", class_name="pn")
    return rx.el.svg(
        rx.el.svg.path(d="M12 12H120", class_name="tk"),
        *steps,
        rx.el.svg.g(coffee, custom_attrs={"data-at": place}),
        rx.cond(wanted > 0, rx.el.svg.g(stroke, custom_attrs={"data-at": wanted}), rx.fragment()),
        view_box="6 0 120 24",
        custom_attrs={"aria-hidden": "true"},
    )


def pen_scale(stroke: rx.Var[str], wash: rx.Var[str]) -> rx.Component:
    """Five ticks, a wash over what the shopper accepts, and their stroke; state/scales.py has the places."""
    return rx.el.svg(
        rx.cond(wash != "", rx.el.svg.path(d=wash, class_name="wash"), rx.fragment()),
        rx.el.svg.path(d="M4 18H196M4 11V25M52 14V22M100 11V25M148 14V22M196 11V25", class_name="tk"),
        rx.cond(stroke != "", rx.el.svg.path(d="M-4 11Q1 2 4-12", class_name="pn", custom_attrs={"transform": stroke}), rx.fragment()),
        view_box="0 0 200 34",
        custom_attrs={"aria-hidden": "true"},
    )


def _process_mark(lines: str, filled: str) -> rx.Component:
    paths = [rx.el.svg.path(d=lines)] if lines else []
    paths += [rx.el.svg.path(d=filled, class_name="f")] if filled else []
    return rx.el.svg(*paths, view_box="0 0 16 16", custom_attrs={"aria-hidden": "true"})
