"""The tray of coffees chosen to be compared, and the table that opens from it."""

from typing import Any

import reflex as rx

from coffeebot.components.button import button, icon_button
from coffeebot.components.marks import dot, process, roast, scale, tick
from coffeebot.components.plate import plate
from coffeebot.components.shop_link import way_to_shop
from coffeebot.components.words import word


def tray(compared: Any, *, on_toggle: Any, on_show: Any, on_clear: Any) -> rx.Component:
    """What is chosen, while something is."""

    def chosen(one: rx.Var) -> rx.Component:
        off = icon_button("x", word("compare.take_off") + " " + one.name, on_click=on_toggle(one.id))
        return rx.el.li(one.name, off, key=one.id)

    more = rx.el.p(word("compare.one_more"), class_name="dim")
    show = button(word("compare.show"), icon_name="columns-2", cls="pri", on_click=on_show, id="compare-show")
    shown = rx.el.section(
        rx.el.ul(rx.foreach(compared.chosen, chosen)),
        rx.cond(compared.enough, show, more),
        button(word("compare.clear"), cls="plain", on_click=on_clear),
        class_name="tray",
        aria_label=word("compare.tray"),
    )
    return rx.cond(compared.chosen.length() > 0, shown, rx.fragment())


def comparison(compared: Any, *, on_close: Any) -> rx.Component:
    """The dialog; assets/js/cards.js keeps the focus in it and gives it back."""
    head = rx.el.div(
        rx.el.div(
            rx.el.h2(compared.title, class_name="h5", id="compare-title"),
            rx.el.p(word("compare.lede"), class_name="dim", id="compare-lede"),
        ),
        icon_button("x", word("close"), on_click=on_close, custom_attrs={"data-close-dialog": "compare"}),
        class_name="row",
    )
    table = rx.el.table(
        rx.el.thead(rx.el.tr(rx.el.th(rx.el.span(word("compare.fact"), class_name="vh"), scope="col"), rx.foreach(compared.cards, _head))),
        rx.el.tbody(rx.foreach(compared.lines, _line), _shops(compared)),
        class_name="cmp",
    )
    sheet = rx.el.div(
        head,
        rx.el.div(table, class_name="cmpwrap", tab_index=0, role="region", aria_labelledby="compare-title"),
        class_name="sheet",
        role="dialog",
        aria_modal="true",
        aria_labelledby="compare-title",
        aria_describedby="compare-lede",
        tab_index=-1,
        id="compare-sheet",
    )
    return rx.el.div(rx.cond(compared.open, sheet, rx.fragment()), id="compare", class_name="dialog")


def _head(card: rx.Var) -> rx.Component:
    return rx.el.th(
        rx.el.div(plate(card.image, card.dark), class_name="im"),
        rx.el.p(card.roaster, class_name="over"),
        rx.el.p(card.name, class_name="name"),
        scope="col",
        key=card.id,
    )


def _line(line: rx.Var) -> rx.Component:
    return rx.el.tr(rx.el.th(line.title, scope="row"), rx.foreach(line.cells, _cell), key=line.title)


def _cell(cell: rx.Var) -> rx.Component:
    best = rx.el.span(tick(), cell.best, class_name="best")
    words = rx.match(
        cell.family,
        ("", rx.el.span(cell.text)),
        rx.el.span(dot(cell.family), " ", cell.text, class_name="serif"),
    )
    drawn = rx.cond(cell.process != "", process(cell.process, cell.text), rx.cond(cell.step > 0, roast(cell.step, cell.text), words))
    on_scale = rx.el.div(
        scale(cell.place, cell.wanted),
        rx.el.span(cell.text),
        rx.cond(cell.you != "", rx.el.span(cell.you, class_name="you"), rx.fragment()),
        class_name="scale",
    )
    return rx.el.td(rx.cond(cell.place > 0, on_scale, drawn), rx.cond(cell.best != "", best, rx.fragment()))


def _shops(compared: Any) -> rx.Component:
    way = rx.foreach(compared.cards, lambda card: rx.el.td(way_to_shop(card), class_name="shop", key=card.id))
    return rx.el.tr(rx.el.th(rx.el.span(word("compare.buy"), class_name="vh"), scope="row"), way)
