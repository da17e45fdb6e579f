"""The line that says what was just done, with the way back."""

from typing import Any

import reflex as rx

from coffeebot.components.button import button, icon_button
from coffeebot.components.words import word


def undo_line(text: rx.Var, *, on_undo: Any, on_close: Any) -> rx.Component:
    said = rx.el.div(
        rx.el.p(text),
        button(word("undo"), icon_name="undo-2", on_click=on_undo, id="undo-button"),
        icon_button("x", word("close"), on_click=on_close),
        class_name="done-line undo",
    )
    return rx.el.div(rx.cond(text != "", said, rx.fragment()), role="status", class_name="undo-place")
