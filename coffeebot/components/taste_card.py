"""The taste card: the wheel, how many coffees keep the musts, and every trait with the words it came from."""

import reflex as rx

from coffeebot.components.button import icon_button
from coffeebot.components.marks import dot, strength
from coffeebot.components.wheel import wheel
from coffeebot.components.words import word


def taste_card(profile, *, on_strike) -> rx.Component:
    """`profile` has the card's vars. Under 1200 px chat.js shows it as a drawer."""
    groups = rx.fragment(
        _count(profile),
        _group(word("taste.must"), profile.musts, on_strike, strokes=False),
        _group(word("taste.like"), profile.likes, on_strike),
        _group(word("taste.avoid"), profile.avoids, on_strike),
        _group(word("taste.brew"), profile.brews, on_strike, strokes=False),
    )
    head = rx.el.div(
        rx.el.h2(word("taste"), class_name="h5", id="taste-title"),
        rx.el.span(class_name="sp"),
        icon_button("x", word("close"), "only-m", custom_attrs={"data-close": "taste"}),
        class_name="row",
    )
    sheet = rx.el.div(
        rx.el.div(class_name="handle"),
        head,
        wheel(profile),
        rx.cond(profile.blank, _blank(), groups),
        class_name="sheet",
        tab_index=-1,
    )
    return rx.el.aside(sheet, class_name="panel", id="taste", aria_labelledby="taste-title")


def _count(profile) -> rx.Component:
    of = rx.el.span(word("taste.keep", catalogue=profile.catalogue), class_name="dim")
    return rx.el.p(rx.el.b(profile.fitting, class_name="num"), " ", of, class_name="fitcount")


def _blank() -> rx.Component:
    return rx.fragment(
        rx.el.p(word("taste.blank"), class_name="prose blank"),
        rx.el.p(word("taste.blank.more"), class_name="dim blank"),
    )


def _group(title: rx.Var, traits: rx.Var, on_strike, *, strokes: bool = True) -> rx.Component:
    """`strokes` show how strongly; a must or a fact has no degrees."""
    head = rx.el.h3(title, " ", rx.el.span(traits.length()))
    lines = rx.el.ul(rx.foreach(traits, lambda trait: _trait(trait, on_strike, strokes=strokes)))
    return rx.cond(traits.length() > 0, rx.el.section(head, lines, class_name="group"), rx.fragment())


def _trait(trait: rx.Var, on_strike, *, strokes: bool) -> rx.Component:
    name = word("taste.remove") + " " + trait.label
    remove = icon_button("x", name, custom_attrs={"data-strike": trait.id}, on_click=on_strike(trait.id))
    quote = rx.cond(trait.quote != "", rx.el.q(trait.quote, class_name="q"), rx.fragment())
    return rx.el.li(
        rx.el.p(dot(trait.family), trait.label, *([strength(trait.strength)] if strokes else []), class_name="v"),
        rx.el.span(remove, class_name="tools"),
        rx.el.p(quote, " ", trait.who, class_name="ev"),
        class_name="trait",
        key=trait.id,
    )
