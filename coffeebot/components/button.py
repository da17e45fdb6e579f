"""Buttons: one with words, one with an icon alone."""

import reflex as rx

from coffeebot.components.icons import icon


def icon_button(drawn: str | rx.Component, label: str | rx.Var, cls: str | rx.Var = "", **props) -> rx.Component:
    """A square button with an icon, by its name or drawn already; its own name only screen readers and a hover tell."""
    drawing = icon(drawn) if isinstance(drawn, str) else drawn
    return rx.el.button(drawing, class_name=f"ibtn {cls}", **{"type": "button", "aria_label": label, "title": label} | props)


def button(words: str | rx.Var, *, icon_name: str = "", cls: str = "", **props) -> rx.Component:
    drawn = [icon(icon_name)] if icon_name else []
    return rx.el.button(*drawn, rx.el.span(words), class_name=f"btn {cls}", **{"type": "button"} | props)
