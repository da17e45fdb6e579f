"""Buttons: one with words, one with an icon alone."""

import reflex as rx

from coffeebot.components.icons import icon


def icon_button(name: str, label: str | rx.Var, cls: str = "", **props) -> rx.Component:
    """A square button whose name only screen readers and a hover tell."""
    return rx.el.button(icon(name), type="button", class_name=f"ibtn {cls}", aria_label=label, title=label, **props)


def button(words: str | rx.Var, *, icon_name: str = "", cls: str = "", **props) -> rx.Component:
    drawn = [icon(icon_name)] if icon_name else []
    return rx.el.button(*drawn, rx.el.span(words), class_name=f"btn {cls}", **{"type": "button"} | props)
