"""One line of the taste card: what it says, whose words they are, its tools, and the form that opens for editing."""

from typing import Any

import reflex as rx

from coffeebot.components.button import button, icon_button
from coffeebot.components.icons import icon
from coffeebot.components.marks import dot, strength
from coffeebot.components.words import word

SIDES = ("must", "want", "avoid")


def trait(line: rx.Var, writing: Any, *, hand: Any) -> rx.Component:
    """`writing` has the vars of the open line; `hand` the handlers on_strike, on_pause, on_edit, on_save."""
    paused = rx.cond(line.paused, rx.el.span(word("taste.paused"), class_name="tag"), rx.fragment())
    strokes = rx.cond(line.fixed | (line.side == "must"), rx.fragment(), strength(line.strength))
    quote = rx.cond(line.quote != "", rx.el.q(line.quote, class_name="q"), rx.fragment())
    return rx.el.li(
        rx.el.p(dot(line.family), rx.el.span(line.label), strokes, paused, class_name="v"),
        rx.el.span(*_tools(line, writing, hand), class_name="tools"),
        rx.el.p(quote, " ", line.who, class_name="ev"),
        rx.cond(writing.editing == line.id, _form(line, writing, hand), rx.fragment()),
        class_name=rx.cond(line.paused, "trait paused", "trait"),
        tab_index=-1,
        custom_attrs={"data-ids": line.ids},
        key=line.id,
    )


def _tools(line: rx.Var, writing: Any, hand: Any) -> list[rx.Component]:
    pause = icon_button(
        rx.cond(line.paused, icon("play"), icon("circle-pause")),
        word("taste.pause") + " " + line.label,
        title=rx.cond(line.paused, word("taste.resume"), word("taste.pause")),
        aria_pressed=line.paused,
        on_click=hand["on_pause"](line.id),
    )
    edit = icon_button(
        "pencil",
        word("taste.edit") + " " + line.label,
        aria_expanded=writing.editing == line.id,
        custom_attrs={"data-edit": line.id},
        on_click=hand["on_edit"](line.id),
    )
    remove = icon_button(
        "x", word("taste.remove") + " " + line.label, "off", custom_attrs={"data-strike": line.id}, on_click=hand["on_strike"](line.id)
    )
    return [pause, edit, remove]


def _form(line: rx.Var, writing: Any, hand: Any) -> rx.Component:
    degrees = rx.el.fieldset(
        rx.el.legend(word("taste.degree"), class_name="vh"),
        *[_choice("strength", str(n), word(f"taste.degree.{n}"), chosen=line.strength == n) for n in (1, 2, 3)],
        class_name="seg",
    )
    return rx.el.form(
        value_field("edit-value", writing.values, value=writing.value, hint=word("taste.value.several")),
        rx.cond(writing.weighs, rx.fragment(sides(line.side), degrees), rx.fragment()),
        problem(writing.problem),
        rx.el.div(
            rx.el.button(word("taste.save"), type="submit", class_name="btn pri"),
            button(word("taste.cancel"), cls="plain", on_click=hand["on_edit"](line.id)),
            class_name="row",
        ),
        on_submit=hand["on_save"],
        class_name="write",
        aria_label=word("taste.edit") + " " + line.label,
    )


def value_field(name: str, values: rx.Var, *, value: str | rx.Var = "", hint: str | rx.Var = "") -> rx.Component:
    """A field that narrows a list while one types."""
    field = rx.el.input(
        id=name,
        name="value",
        default_value=value,
        placeholder=hint,
        auto_complete="off",
        max_length=80,
        list=f"{name}-list",
        class_name="field",
    )
    listed = rx.el.datalist(rx.foreach(values, lambda one: rx.el.option(value=one, key=one)), id=f"{name}-list")
    return rx.el.div(rx.el.label(word("taste.value"), html_for=name), field, listed, class_name="f", key=name)


def sides(chosen: str | rx.Var) -> rx.Component:
    """Must, like or avoid."""
    return rx.el.fieldset(
        rx.el.legend(word("taste.how"), class_name="vh"),
        *[_choice("polarity", side, word(f"taste.side.{side}"), chosen=chosen == side) for side in SIDES],
        class_name="seg",
    )


def problem(text: rx.Var) -> rx.Component:
    return rx.el.div(rx.cond(text != "", rx.el.p(icon("circle-alert"), text, class_name="problem"), rx.fragment()), role="alert")


def _choice(name: str, value: str, words: str | rx.Var, *, chosen: bool | rx.Var) -> rx.Component:
    return rx.el.label(rx.el.input(type="radio", name=name, value=value, default_checked=chosen), rx.el.span(words))
