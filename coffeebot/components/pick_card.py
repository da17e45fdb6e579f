"""The card of a recommended coffee."""

import reflex as rx

from coffeebot.components.icons import icon
from coffeebot.components.marks import dot, process, roast, tick
from coffeebot.components.plate import plate
from coffeebot.components.words import word


def pick_card(card: rx.Var) -> rx.Component:
    return rx.el.article(
        rx.el.div(plate(card.image, card.dark), rx.el.span(card.number, class_name="pn-tag"), class_name="pa"),
        rx.el.div(_title(card), _facts(card), _notes(card), _why(card), _buy(card), class_name="pb"),
        class_name="pick",
        aria_label=card.name + ", " + card.roaster,
    )


def _title(card: rx.Var) -> rx.Component:
    return rx.fragment(rx.el.p(card.roaster, class_name="over"), rx.el.h3(card.name, class_name="name"))


def _facts(card: rx.Var) -> rx.Component:
    sold_out = rx.el.span(icon("package-x"), card.sold_out, class_name="tag warn")
    return rx.el.p(
        process(card.process, card.process_words),
        roast(card.step, card.roast),
        rx.cond(card.origin != "", rx.el.span(card.origin), rx.fragment()),
        rx.cond(card.sold_out != "", sold_out, rx.fragment()),
        class_name="facts",
    )


def _notes(card: rx.Var) -> rx.Component:
    return rx.cond(card.notes != "", rx.el.p(dot(card.family), rx.el.span(card.notes), class_name="notes"), rx.fragment())


def _why(card: rx.Var) -> rx.Component:
    gives = rx.el.li(icon("scale"), rx.el.span(rx.el.span(word("pick.gives"), class_name="vh"), card.gives), class_name="gives")
    return rx.el.ul(rx.foreach(card.why, _reason), rx.cond(card.gives != "", gives, rx.fragment()), class_name="why")


def _reason(why: rx.Var) -> rx.Component:
    quote = rx.cond(why.quote != "", rx.el.q(why.quote, class_name="q"), rx.fragment())
    return rx.el.li(tick(), rx.el.span(quote, why.text))


def _buy(card: rx.Var) -> rx.Component:
    price = rx.el.p(card.price, rx.el.small(card.size), class_name="price num")
    per = rx.cond(card.per != "", rx.el.p(card.per, class_name="per num"), rx.fragment())
    nowhere = rx.el.p(rx.cond(card.sample, word("pick.sample"), word("pick.nowhere")), class_name="disc")
    return rx.el.div(
        rx.el.div(price, per),
        rx.el.div(rx.cond(card.link != "", _link(card), nowhere), class_name="lk"),
        class_name="buy",
    )


def _link(card: rx.Var) -> rx.Component:
    disclosure = rx.el.p(rx.el.b(word("pick.ad")), " " + word("pick.disclosure"), class_name="disc")
    go = rx.el.A.create(  # rx.el.a would look for a page of ours
        word("pick.go"),
        rx.el.span(word("pick.opens", name=card.name), class_name="vh"),
        icon("arrow-up-right"),
        href=card.link,
        target="_blank",
        rel=rx.cond(card.ad, "sponsored nofollow noopener", "nofollow noopener"),
        class_name="btn",
    )
    return rx.fragment(rx.cond(card.ad, disclosure, rx.fragment()), go)
