"""The list of saved coffees."""

from typing import Any

import reflex as rx

from coffeebot.components.button import icon_button
from coffeebot.components.icons import icon
from coffeebot.components.plate import plate
from coffeebot.components.words import word


def saved_list(lines: rx.Var, *, on_remove: Any) -> rx.Component:
    head = rx.el.h3(word("saved"), " ", rx.el.span(lines.length()), id="saved-title")
    none = rx.el.p(word("saved.none"), class_name="dim")
    listed = rx.el.ul(rx.foreach(lines, lambda line: _line(line, on_remove)))
    return rx.el.section(head, rx.cond(lines.length() > 0, listed, none), class_name="group saved-list", aria_labelledby="saved-title")


def _line(line: rx.Var, on_remove: Any) -> rx.Component:
    picture = rx.cond(line.image != "", rx.el.span(plate(line.image, line.dark), class_name="im"), rx.el.span(class_name="im"))
    state = rx.cond(line.state != "", rx.el.span(line.state, class_name="tag warn"), rx.el.span(line.price, class_name="num"))
    ad = rx.cond(line.ad, rx.el.span(rx.el.b(word("pick.ad")), " ", word("pick.disclosure"), class_name="disc"), rx.fragment())
    go = rx.el.A.create(
        word("pick.go"),
        rx.el.span(", " + line.name, class_name="vh"),
        icon("arrow-up-right"),
        href=line.link,
        target="_blank",
        rel=rx.cond(line.ad, "sponsored nofollow noopener", "nofollow noopener"),
    )
    return rx.el.li(
        picture,
        rx.el.div(
            rx.el.p(line.name, class_name="v"),
            rx.el.p(line.roaster, " · ", state, class_name="ev"),
            rx.cond(line.link != "", rx.el.p(go, " ", ad, class_name="ev"), rx.fragment()),
        ),
        rx.el.span(icon_button("x", word("saved.remove") + ": " + line.name, on_click=on_remove(line.id)), class_name="tools"),
        class_name="trait",
        key=line.id,
    )
