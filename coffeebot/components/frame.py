"""The frame of every page: skip link, top bar, and what is said when something stands in the way."""

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from coffeebot.components.button import icon_button
from coffeebot.components.icons import icon, logo
from coffeebot.components.words import place, word


def skip_link() -> rx.Component:
    return rx.el.A.create(word("skip"), href="#main", class_name="skip")  # rx.el.a is a router link: it would leave the conversation


def top_bar(*, count: rx.Var) -> rx.Component:
    """`count` is how many coffees the card leaves, on the button that opens it."""
    return rx.el.header(
        icon_button("menu", word("menu"), "only-s", custom_attrs={"data-open": "side", "aria-controls": "side"}),
        rx.el.a(logo(), rx.el.span(class_name="own", aria_hidden="true"), place("name"), to="/", class_name="brand"),
        rx.el.span(class_name="sp"),
        rx.el.button(
            _petals(),
            rx.el.span(word("taste.short"), class_name="hide-s"),
            rx.el.span(count, class_name="num"),
            rx.el.span(word("taste.fit"), class_name="vh"),
            type="button",
            class_name="btn only-m",
            custom_attrs={"data-open": "taste", "aria-controls": "taste"},
        ),
        rx.el.div(language_button(), theme_button(), class_name="row hide-s"),
        rx.el.a(icon("plus"), to="/?c=new", class_name="ibtn only-s", aria_label=word("new"), title=word("new")),
        class_name="bar",
    )


def language_button() -> rx.Component:
    """Changes to the other language; say.js remembers it."""
    return rx.el.button(
        icon("languages"),
        rx.el.span(word("language.other")),
        type="button",
        class_name="btn plain",
        aria_label=word("language.other"),
        title=word("language.other"),
        custom_attrs={"data-language": "next", "lang": word("language.tag")},
    )


def theme_button() -> rx.Component:
    drawn = rx.fragment(icon("moon", "ic by-day"), icon("sun", "ic by-night"))
    return icon_button(drawn, word("theme"), custom_attrs={"data-theme-toggle": "true"})


def notice(text: rx.Var, *, on_close) -> rx.Component:
    said = rx.el.div(
        icon("circle-alert"),
        rx.el.p(text),
        icon_button("x", word("close"), on_click=on_close),
        class_name="alarm warn",
    )
    return rx.el.div(rx.cond(text != "", said, rx.fragment()), role="alert", class_name="notice")


def offline() -> rx.Component:
    said = rx.el.div(
        icon("wifi-off"),
        rx.el.div(rx.el.b(word("offline")), rx.el.p(word("offline.more"), class_name="dim")),
        class_name="alarm warn",
    )
    return rx.el.div(rx.cond(has_connection_errors, said, rx.fragment()), role="status", class_name="notice", id="offline")


def _petals() -> rx.Component:
    """The wheel as an icon."""
    big, small = "M0 0C-5 -4 -3 -10 0 -11C3 -10 5 -4 0 0Z", "M0 0C-4 -3 -3 -7 0 -8C3 -7 4 -3 0 0Z"
    drawn = ((big, "fruity-a", 36), (small, "citrus-a", 108), (big, "cocoa-b", 180), (small, "green-a", 252), (big, "floral-a", 324))
    petals = [rx.el.svg.path(d=d, custom_attrs={"fill": f"var(--{fill})", "transform": f"rotate({turn})"}) for d, fill, turn in drawn]
    turned = rx.el.svg.g(*petals, custom_attrs={"transform": "translate(12 12)"})
    return rx.el.svg(turned, view_box="0 0 24 24", class_name="ic petals", custom_attrs={"aria-hidden": "true"})
