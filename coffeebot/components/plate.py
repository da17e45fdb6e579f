"""A coffee's picture: its own, or the plate drawn for it in both inks."""

import reflex as rx


def plate(image: str | rx.Var[str], dark: str | rx.Var[str]) -> rx.Component:
    """`dark` is the drawing for the dark theme, "" when there is one picture only. CSS shows the right one; the other is not loaded."""
    return rx.fragment(
        rx.el.img(src=image, alt="", loading="lazy", decoding="async", class_name=rx.cond(dark != "", "art by-day", "art")),
        rx.cond(dark != "", rx.el.img(src=dark, alt="", loading="lazy", decoding="async", class_name="art by-night"), rx.fragment()),
    )
