"""The card of a recommended coffee, and the line of one that stepped back."""

from dataclasses import dataclass
from typing import Any

import reflex as rx

from coffeebot.components.button import button, icon_button
from coffeebot.components.icons import icon
from coffeebot.components.marks import dot, process, roast, tick
from coffeebot.components.plate import plate
from coffeebot.components.shop_link import way_to_shop
from coffeebot.components.ways_out import ways_out
from coffeebot.components.words import word


@dataclass(frozen=True, slots=True)
class Deck:
    """What every card shares. `saved` and `chosen` are ids; `refusing` the id of the card whose `reasons` are open.

    Handlers take an id, save `on_more`, which takes what is said, and `on_reason`, which takes a reason's key.
    """

    saved: rx.Var
    chosen: rx.Var
    full: rx.Var
    refusing: rx.Var
    reasons: rx.Var
    on_more: Any
    on_compare: Any
    on_save: Any
    on_refuse: Any
    on_reason: Any
    on_relax: Any
    on_show: Any


def picks(cards: rx.Var, behind: rx.Var, deck: Deck) -> rx.Component:
    """An offer: its cards, then those that stepped back, each with why."""
    stepped = rx.el.section(
        rx.el.h3(word("pick.behind"), class_name="over"),
        rx.el.ul(rx.foreach(behind, lambda one: _behind(one, deck))),
        class_name="behind",
    )
    shown = rx.el.div(
        rx.foreach(cards, lambda card: pick_card(card, deck)),
        rx.cond(behind.length() > 0, stepped, rx.fragment()),
        class_name="picks",
    )
    return rx.cond((cards.length() > 0) | (behind.length() > 0), shown, rx.fragment())


def pick_card(card: rx.Var, deck: Deck) -> rx.Component:
    return rx.el.article(
        rx.el.div(plate(card.image, card.dark), rx.el.span(card.number, class_name="pn-tag"), class_name="pa"),
        rx.el.div(_title(card, deck), _facts(card), _notes(card), _why(card), _buy(card), _do(card, deck), class_name="pb"),
        class_name=rx.cond(card.sold_out != "", "pick sold", "pick"),
        aria_label=card.name + ", " + card.roaster,
        key=card.id,
    )


def _title(card: rx.Var, deck: Deck) -> rx.Component:
    title = rx.el.div(rx.el.p(card.roaster, class_name="over"), rx.el.h3(card.name, class_name="name"))
    return rx.el.div(title, _bookmark(card, deck), class_name="ph")


def _bookmark(card: rx.Var, deck: Deck) -> rx.Component:
    saved = deck.saved.contains(card.id)
    return icon_button(
        "bookmark",
        word("pick.save") + " " + card.name,
        rx.cond(saved, "saved", ""),
        title=rx.cond(saved, word("pick.saved"), word("pick.save")),
        aria_pressed=saved,
        on_click=deck.on_save(card.id),
    )


def _facts(card: rx.Var) -> rx.Component:
    sold_out = rx.el.span(icon("package-x"), card.sold_out, class_name="tag warn")
    return rx.el.p(
        process(card.process, card.process_words),
        roast(card.step, card.roast),
        rx.cond(card.origin != "", rx.el.span(card.origin), rx.fragment()),
        rx.cond(card.altitude != "", rx.el.span(card.altitude, class_name="num"), rx.fragment()),
        rx.cond(card.sold_out != "", sold_out, rx.fragment()),
        class_name="facts",
    )


def _notes(card: rx.Var) -> rx.Component:
    return rx.cond(card.notes != "", rx.el.p(dot(card.family), rx.el.span(card.notes), class_name="notes"), rx.fragment())


def _why(card: rx.Var) -> rx.Component:
    gives = rx.el.li(icon("scale"), rx.el.span(rx.el.span(word("pick.gives"), class_name="vh"), card.gives), class_name="gives")
    return rx.el.ul(rx.foreach(card.why, _reason), rx.cond(card.gives != "", gives, rx.fragment()), class_name="why")


def _reason(why: rx.Var) -> rx.Component:
    """The shopper's words lead to the line that they wrote; assets/js/cards.js shows it."""
    linked = rx.el.button(
        rx.el.q(why.quote, class_name="q"), type="button", title=word("pick.words"), custom_attrs={"data-trait": why.trait}
    )
    quote = rx.cond(why.trait != "", linked, rx.el.q(why.quote, class_name="q"))
    return rx.el.li(tick(), rx.el.span(rx.cond(why.quote != "", quote, rx.fragment()), why.text))


def _buy(card: rx.Var) -> rx.Component:
    price = rx.el.p(card.price, rx.el.small(card.size), class_name="price num")
    per = rx.cond(card.per != "", rx.el.p(card.per, class_name="per num"), rx.fragment())
    return rx.el.div(rx.el.div(price, per), rx.el.div(way_to_shop(card), class_name="lk"), class_name="buy")


def _do(card: rx.Var, deck: Deck) -> rx.Component:
    name = rx.el.span(" " + card.name, class_name="vh")
    chosen, open_ = deck.chosen.contains(card.id), deck.refusing == card.id
    return rx.fragment(
        rx.el.div(
            _action("message-circle", word("pick.more"), name, on_click=deck.on_more(card.more)),
            _action(
                "columns-2",
                rx.cond(chosen, word("pick.compared"), word("pick.compare")),
                name,
                aria_pressed=chosen,
                disabled=deck.full & ~chosen,
                on_click=deck.on_compare(card.id),
            ),
            _action(
                "x", word("pick.not"), name, aria_expanded=open_, on_click=deck.on_refuse(card.id), custom_attrs={"data-refuse": card.id}
            ),
            class_name="do",
        ),
        rx.cond(open_, _reasons(deck, card), rx.fragment()),
    )


def _action(icon_name: str, words: str | rx.Var, name: rx.Component, **props: Any) -> rx.Component:
    return rx.el.button(icon(icon_name), rx.el.span(words), name, type="button", class_name="btn plain", **props)


def _reasons(deck: Deck, card: rx.Var) -> rx.Component:
    """Why not; assets/js/cards.js puts the focus on the first, and Escape closes them."""

    def reason(one: rx.Var) -> rx.Component:
        return rx.el.button(
            rx.el.b(one.text), rx.el.span(one.below), type="button", class_name="reason", on_click=deck.on_reason(one.key), key=one.key
        )

    return rx.el.div(
        rx.el.p(word("pick.refuse"), class_name="over"),
        rx.foreach(deck.reasons, reason),
        class_name="reasons",
        role="group",
        aria_label=word("pick.refuse") + " " + card.name,
        custom_attrs={"data-reasons": card.id},
    )


def _behind(one: rx.Var, deck: Deck) -> rx.Component:
    again = button(word("pick.show"), icon_name="eye", on_click=deck.on_show(one.id))
    return rx.el.li(
        rx.el.p(rx.el.b(one.name), ", ", one.roaster),
        rx.el.p(one.why, class_name="dim"),
        rx.el.div(ways_out(one.ways, on_relax=deck.on_relax), rx.cond(one.hidden, again, rx.fragment()), class_name="chips"),
        key=one.id,
    )
