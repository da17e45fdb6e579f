"""The page's copy in components: every language is compiled in, and the browser shows the one that the document is in.

assets/js/say.js chooses by `<html lang>`. Where the page is rendered ahead of time there is no document: a mark is left, which
coffeebot/api/page.py fills in when it serves the page.
"""

import json

import reflex as rx
from reflex.vars import LiteralVar

from coffeebot.settings import Settings
from coffeebot.words import DEFAULT, LANGUAGES


def word(key: str, **values: rx.Var) -> rx.Var[str]:
    """The text of `key` in the reader's language. `values` fill its places; such a text appears only once state has come."""
    texts = json.dumps([table[key] for table in LANGUAGES.values()], ensure_ascii=False)
    filled = LiteralVar.create(values)
    said = f"(globalThis.say?.({texts}{f', {filled!s}' if values else ''}) ?? {_mark(key)})"
    return rx.Var(_js_expr=said, _var_data=filled._get_all_var_data()).to(str)


def place(name: str) -> rx.Var[str]:
    """What the operator set: `name` or `welcome`. It comes with the served page, so that nothing is built anew for it."""
    fallback = {"name": Settings.model_fields["site_name"].default, "welcome": LANGUAGES[DEFAULT]["hello.lede"]}[name]
    return rx.Var(_js_expr=f"(globalThis.place?.({json.dumps(name)}, {json.dumps(fallback)}) ?? {_mark(f'place.{name}')})").to(str)


def _mark(key: str) -> str:
    return json.dumps(f"⟦{key}⟧", ensure_ascii=False)
