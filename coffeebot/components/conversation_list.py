"""The list of conversations; under 960 px chat.js shows it as a drawer."""

import reflex as rx

from coffeebot.components.button import icon_button
from coffeebot.components.icons import icon
from coffeebot.components.words import word


def conversation_list(rows: rx.Var, *, current: rx.Var) -> rx.Component:
    head = rx.el.div(
        rx.el.h2(word("conversations"), class_name="h5", id="side-title"),
        rx.el.span(class_name="sp"),
        icon_button("x", word("close"), custom_attrs={"data-close": "side"}),
        class_name="row only-s",
    )
    none = rx.el.p(word("conversations.none"), class_name="none")
    links = rx.el.nav(
        rx.cond(rows.length() > 0, rx.foreach(rows, lambda row: _row(row, current)), none),
        class_name="convs",
        aria_label=word("conversations"),
    )
    new = rx.el.a(icon("plus"), word("new"), to="/?c=new", class_name="btn", custom_attrs={"data-leave": "side"})
    sheet = rx.el.div(head, new, links, class_name="sheet", tab_index=-1)
    return rx.el.aside(sheet, class_name="side", id="side", aria_label=word("conversations"))


def _row(row: rx.Var, current: rx.Var) -> rx.Component:
    link = rx.el.a(
        rx.el.span(row.title, class_name="t"),
        to="/?c=" + row.id,
        prevent_scroll_reset=True,  # chat.js goes to the end of the thread
        class_name="conv",
        custom_attrs={"aria-current": rx.cond(row.id == current, "page", "false"), "data-leave": "side"},
    )
    return rx.fragment(rx.cond(row.when != "", rx.el.h3(row.when), rx.fragment()), link)
