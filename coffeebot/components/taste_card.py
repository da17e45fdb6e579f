"""The taste card: the wheel, how many coffees keep the musts, every trait with the words it came from, and room for the shopper's pen."""

from typing import Any

import reflex as rx

from coffeebot.components.button import button, icon_button
from coffeebot.components.marks import pen_scale
from coffeebot.components.trait import problem, sides, trait, value_field
from coffeebot.components.ways_out import ways_out
from coffeebot.components.wheel import wheel
from coffeebot.components.words import word
from coffeebot.domain.choices import FACETS


def taste_card(profile: Any, writing: Any, doubt: Any, *, talking: rx.Var, saved: rx.Component, hand: dict[str, Any]) -> rx.Component:
    """`profile`, `writing` and `doubt` have the card's vars, `talking` whether a conversation is open. Under 1200 px chat.js shows it as a
    drawer. `hand` has the handlers on_strike, on_pause, on_rest, on_edit, on_save, on_write, on_about, on_add, on_say, on_ask and on_relax.
    """
    groups = [
        _group(word("taste.must"), profile.musts, writing, hand),
        _group(word("taste.like"), profile.likes, writing, hand),
        _group(word("taste.avoid"), profile.avoids, writing, hand),
        _group(word("taste.limit"), profile.limits, writing, hand),
        _group(word("taste.brew"), profile.brews, writing, hand),
    ]
    head = rx.el.div(
        rx.el.h2(word("taste"), class_name="h5", id="taste-title"),
        rx.el.span(class_name="sp"),
        rx.cond(talking & ~profile.blank, _switch(profile, on_rest=hand["on_rest"]), rx.fragment()),
        icon_button("x", word("close"), "only-m", custom_attrs={"data-close": "taste"}),
        class_name="row",
    )
    sheet = rx.el.div(
        rx.el.div(class_name="handle"),
        head,
        wheel(profile),
        rx.cond(profile.blank, _blank(), rx.fragment(_count(profile), _scales(profile), *groups)),
        rx.cond(talking, rx.fragment(_write(writing, hand), _doubt(doubt, hand)), rx.fragment()),
        saved,
        class_name="sheet",
        tab_index=-1,
    )
    return rx.el.aside(sheet, class_name="panel", id="taste", aria_labelledby="taste-title")


def _count(profile: Any) -> rx.Component:
    of = rx.el.span(word("taste.keep", catalogue=profile.catalogue), class_name="dim")
    return rx.el.p(rx.el.b(profile.fitting, class_name="num"), " ", of, class_name="fitcount", role="status")


def _switch(profile: Any, *, on_rest: Any) -> rx.Component:
    return rx.el.button(
        rx.el.span(word("taste.rest")),
        rx.el.i(),
        type="button",
        role="switch",
        title=word("taste.rest.title"),
        aria_checked=~profile.rests,
        on_click=on_rest,
        class_name="switch",
    )


def _scales(profile: Any) -> rx.Component:
    def line(each: rx.Var) -> rx.Component:
        return rx.el.li(rx.el.b(each.title), pen_scale(each.stroke, each.wash), rx.el.span(each.words), key=each.title)

    return rx.el.ul(rx.foreach(profile.scales, line), class_name="scales")


def _blank() -> rx.Component:
    return rx.fragment(
        rx.el.p(word("taste.blank"), class_name="prose blank"),
        rx.el.p(word("taste.blank.more"), class_name="dim blank"),
    )


def _group(title: rx.Var, traits: rx.Var, writing: Any, hand: dict[str, Any]) -> rx.Component:
    head = rx.el.h3(title, " ", rx.el.span(traits.length()))
    lines = rx.el.ul(rx.foreach(traits, lambda line: trait(line, writing, hand=hand)))
    return rx.cond(traits.length() > 0, rx.el.section(head, lines, class_name="group"), rx.fragment())


def _write(writing: Any, hand: dict[str, Any]) -> rx.Component:
    """A new line: chosen, or said in a sentence."""
    facets = [rx.el.option(word(f"taste.facet.{facet}"), value=facet.value) for facet in FACETS]
    about = rx.el.div(
        rx.el.label(word("taste.about"), html_for="new-facet"),
        rx.el.select(*facets, id="new-facet", name="facet", value=writing.facet, on_change=hand["on_about"], class_name="field"),
        class_name="f",
    )
    chosen = rx.el.form(
        about,
        value_field("new-value", writing.options),
        sides("must"),
        rx.el.button(word("taste.add"), type="submit", class_name="btn"),
        on_submit=hand["on_add"],
        class_name="write",
    )
    sentence = rx.el.form(
        rx.el.label(word("taste.or"), html_for="new-sentence"),
        rx.el.div(
            rx.el.input(
                id="new-sentence",
                name="sentence",
                max_length=300,
                auto_complete="off",
                placeholder=word("taste.or.hint"),
                class_name="field",
            ),
            rx.el.button(word("taste.add"), type="submit", class_name="btn"),
            class_name="row",
        ),
        on_submit=hand["on_say"],
        class_name="write",
    )
    forms = rx.el.div(chosen, sentence, key=writing.written)  # empty again once something was written
    opener = button(
        word("taste.write"), icon_name="plus", on_click=hand["on_write"], aria_expanded=writing.adding, id="write-one", cls="write-one"
    )
    return rx.fragment(opener, rx.cond(writing.adding, rx.el.div(problem(writing.problem), forms), rx.fragment()))


def _doubt(doubt: Any, hand: dict[str, Any]) -> rx.Component:
    """Why not this one? By name."""

    answer = rx.el.div(
        rx.cond(doubt.name != "", rx.el.p(rx.el.b(doubt.name)), rx.fragment()),
        rx.foreach(doubt.told, lambda line: rx.el.p(line)),
        rx.el.div(ways_out(doubt.ways, on_relax=hand["on_relax"]), class_name="chips"),
    )
    return rx.el.section(
        rx.el.h3(word("doubt"), id="doubt-title"),
        rx.el.form(
            rx.el.label(word("doubt.name"), html_for="doubt-name", class_name="vh"),
            rx.el.div(
                rx.el.input(
                    id="doubt-name", name="name", max_length=120, auto_complete="off", placeholder=word("doubt.name"), class_name="field"
                ),
                rx.el.button(word("doubt.ask"), type="submit", class_name="btn"),
                class_name="row",
            ),
            on_submit=hand["on_ask"],
            class_name="write",
        ),
        rx.el.div(rx.cond(doubt.told.length() > 0, answer, rx.fragment()), role="status", class_name="answer"),
        class_name="group doubt",
        aria_labelledby="doubt-title",
    )
