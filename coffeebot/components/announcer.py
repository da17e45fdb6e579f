"""What a screen reader is told in passing; assets/js/voice.js writes it here."""

import reflex as rx

from coffeebot.components.words import word

SAID = {"answering": "answering", "copied": "thread.copied", "selected": "thread.selected"}


def announcer() -> rx.Component:
    said = {f"data-{name}": word(key) for name, key in SAID.items()}
    return rx.el.p(id="announcer", role="status", class_name="vh", custom_attrs=said)
