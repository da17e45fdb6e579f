"""The empty page: one question, four ways to begin."""

import reflex as rx

from coffeebot.components.icons import icon
from coffeebot.components.plate import plate
from coffeebot.components.words import place, word

STARTERS = {"fruity": "fruity", "cocoa": "chocolate", "green": "something", "sweet": "a"}  # the family of each, and which of its plates


def hello(*, shelf: rx.Var, prices: rx.Var, samples: rx.Var, ready: rx.Var, on_choose) -> rx.Component:
    starters = [_starter(family, on_choose=on_choose) for family in STARTERS]
    return rx.el.div(
        rx.el.h1(word("hello"), class_name="h7"),
        rx.el.p(place("welcome"), class_name="lede"),
        rx.el.div(*starters, class_name="starts", role="group", aria_label=word("hello.starters")),
        rx.el.p(
            _fact("coffee", shelf),
            rx.cond(samples, _fact("info", word("hello.samples")), _fact("clock", prices)),
            _fact("scale", word("hello.order")),
            class_name="facts1",
        ),
        class_name="col hello",
        custom_attrs={"data-ready": ready},
    )


def _starter(family: str, *, on_choose) -> rx.Component:
    image = f"/plates/{family}/{STARTERS[family]}.svg"
    return rx.el.button(
        rx.el.span(plate(image, f"{image}?theme=dark"), class_name="im"),
        rx.el.b(word(f"starter.{family}")),
        rx.el.span(word(f"starter.{family}.below")),
        type="button",
        class_name="start",
        on_click=on_choose(word(f"starter.{family}.says")),
    )


def _fact(name: str, text) -> rx.Component:
    return rx.cond(text != "", rx.el.span(icon(name), text), rx.fragment())
