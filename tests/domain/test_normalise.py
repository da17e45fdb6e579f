"""Every field's normaliser against the shared tables, and its answer to what it was not made for."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coffeebot.domain.normalise import FIELDS, normalise
from tests.tables import rows, scorer

TABLES = {"process": "process-names.jsonl", "variety": "variety-names.jsonl", "price": "price-strings.jsonl"}
FLOORS = {"process": 0.97, "variety": 0.95, "price": 0.995, "weight": 1, "roast": 1, "notes": 1, "origin": 1, "classify": 1}


@pytest.mark.parametrize("field", FLOORS)
def test_real_strings(field: str) -> None:
    score = scorer("normaliser/score.py")
    cases = [score.gold(field, row) for row in rows(f"normaliser/{TABLES.get(field, 'shop-traps.jsonl')}")]
    told = [(text, want, json.loads(json.dumps(normalise(field, text, context)))) for text, context, want in cases if want is not None]
    wrong = [case for case in told if not score.same(case[1], case[2])]
    assert told
    assert 1 - len(wrong) / len(told) >= FLOORS[field], wrong[:20]


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("roast", "Roast Level: Light", {"roast": "Light"}),
        ("roast", "Roast – Dark", {"roast": "Dark"}),
        ("roast", "Roast Level: Bright", {"roast": None}),
        ("roast", "Roasted on Mondays", {"roast": None}),
        ("notes", "Flavor Notes: Milk Chocolate, Toasted Nuts, & Citrus", {"notes": ["milk Chocolate", "toasted Nuts", "citrus"]}),
        ("notes", "Raspberry. Rose. Honey.", {"notes": ["raspberry", "rose", "honey"]}),
        ("classify", "Peru 140g×25個", {"refused": "bulk"}),
    ],
)
def test_kinds_of_labels(field: str, text: str, told: dict[str, object]) -> None:
    assert normalise(field, text, {}) == told


@pytest.mark.parametrize("field", FIELDS)
@given(text=st.text(max_size=120) | st.text("$¥€£0123456789.,/ gozlbkx×()&+-#円", max_size=40))
def test_no_text_breaks_it(field: str, text: str) -> None:
    json.dumps(normalise(field, text, {}))
