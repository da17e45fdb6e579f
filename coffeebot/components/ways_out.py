"""The musts that stand in a coffee's way, each to be let go with one touch."""

from typing import Any

import reflex as rx

from coffeebot.components.words import word


def ways_out(musts: rx.Var, *, on_relax: Any) -> rx.Component:
    def way(must: rx.Var) -> rx.Component:
        words = rx.el.span(word("pick.relax"), ": ", must.label)
        return rx.el.button(words, type="button", class_name="chip pen", on_click=on_relax(must.trait), key=must.trait)

    return rx.fragment(rx.foreach(musts, way))
