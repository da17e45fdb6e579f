"""The list of saved coffees."""

from typing import Any

import reflex as rx

from coffeebot.components.button import icon_button
from coffeebot.components.plate import plate
from coffeebot.components.shop_link import disclosure, shop_link
from coffeebot.components.words import word


def saved_list(lines: rx.Var, *, on_remove: Any) -> rx.Component:
    head = rx.el.h3(word("saved"), " ", rx.el.span(lines.length()), id="saved-title")
    none = rx.el.p(word("saved.none"), class_name="dim")
    listed = rx.el.ul(rx.foreach(lines, lambda line: _line(line, on_remove)))
    return rx.el.section(head, rx.cond(lines.length() > 0, listed, none), class_name="group saved-list", aria_labelledby="saved-title")


def _line(line: rx.Var, on_remove: Any) -> rx.Component:
    picture = rx.cond(line.image != "", rx.el.span(plate(line.image, line.dark), class_name="im"), rx.el.span(class_name="im"))
    state = rx.cond(line.state != "", rx.el.span(line.state, class_name="tag warn"), rx.el.span(line.price, class_name="num"))
    return rx.el.li(
        picture,
        rx.el.div(
            rx.el.p(line.name, class_name="v"),
            rx.el.p(line.roaster, " · ", state, class_name="ev"),
            rx.cond(line.link != "", rx.el.p(shop_link(line), " ", disclosure(line), class_name="ev"), rx.fragment()),
        ),
        rx.el.span(icon_button("x", word("saved.remove") + ": " + line.name, "off", on_click=on_remove(line.id)), class_name="tools"),
        class_name="trait",
        key=line.id,
    )
