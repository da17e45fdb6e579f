"""What is kept of a long conversation: the newest whole, the rest in a few lines that never grow past their limit."""

from hypothesis import given
from hypothesis import strategies as st

from coffeebot.providers.llm.base import Line
from coffeebot.providers.llm.prompting import tokens_in
from coffeebot.services.summary import LINES, Placed, extended, window


def talk(*texts: str) -> list[Placed]:
    """Shopper and barista in turn."""
    return [(n, Line("shopper" if n % 2 else "barista", text)) for n, text in enumerate(texts, start=1)]


LINE = st.builds(Line, st.sampled_from(["shopper", "barista"]), st.text(max_size=120))
PLACED = st.lists(LINE, max_size=50).map(lambda lines: list(enumerate(lines, start=1)))


@given(lines=PLACED, tokens=st.integers(0, 300))
def test_a_window_cuts_once_between_exchanges_and_holds_as_much_as_fits(lines: list[Placed], tokens: int) -> None:
    recent, falling = window(lines, tokens=tokens)
    assert [*falling, *recent] == lines
    assert sum(tokens_in(line.text) for _, line in recent) <= tokens and len(recent) <= LINES
    assert not recent or not falling or recent[0][1].role == "shopper"
    if falling:
        last = max((n for n, (_, line) in enumerate(falling) if line.role == "shopper"), default=0)
        more = [*falling[last:], *recent]
        assert sum(tokens_in(line.text) for _, line in more) > tokens or len(more) > LINES


def test_an_exchange_stays_whole() -> None:
    lines = talk("x" * 35, "y" * 70, "z" * 35, "w" * 70)
    assert window(lines, tokens=60) == (tuple(lines), ())
    assert window(lines, tokens=59) == (tuple(lines[2:]), tuple(lines[:2]))
    assert window(lines, tokens=29) == ((), tuple(lines))


def test_a_character_of_japanese_is_a_token() -> None:
    lines = talk("フルーティーなもの", "はい")
    assert window(lines, tokens=11)[0] == tuple(lines) and window(lines, tokens=10)[0] == ()


def test_short_lines_fall_out_before_a_turn_no_longer_sees_them() -> None:
    lines = talk(*["ok"] * 40)
    recent, falling = window(lines, tokens=10_000)
    assert len(recent) == LINES and falling[-1][0] == 40 - LINES


def test_a_summary_tells_what_was_said_and_offered() -> None:
    falling = [
        Line("shopper", "fruity for my V60,\nunder $20"),
        Line("barista", "**Lantern Hill** is jammy. **Porch Light** too, **Porch Light**."),
    ]
    assert extended("", falling) == "Shopper: fruity for my V60, under $20\nOffered: Lantern Hill, Porch Light"
    assert extended("They brew with a V60.", [Line("barista", "Which grinder?")]) == "They brew with a V60."
    assert extended("They brew with a V60.", [Line("shopper", " \u200b ")]) == "They brew with a V60."


def test_the_oldest_goes_first() -> None:
    summary = "First they liked berries, and said so at some length, again and again, for a hundred characters or so. " * 3
    falling = [Line("shopper", f"message {n}") for n in range(20)]
    told = extended(summary.strip(), falling, limit=600)
    assert told.endswith("Shopper: message 19") and told.startswith("First they liked") and told.count("First") == 2
    told = extended(told, [Line("shopper", f"message {n}") for n in range(20, 50)], limit=600)
    assert told.endswith("Shopper: message 49") and "First" not in told and "message 5\n" not in told


@given(summary=st.text(max_size=1500), falling=st.lists(LINE, max_size=30), limit=st.integers(0, 900))
def test_a_summary_keeps_its_limit_and_no_fence(summary: str, falling: list[Line], limit: int) -> None:
    told = extended(summary, falling, limit=limit)
    assert len(told) <= limit
    assert not set("<>") & set(extended("", falling))


@given(falling=st.lists(LINE, min_size=1, max_size=30))
def test_the_newest_message_is_always_in_it(falling: list[Line]) -> None:
    newest = extended("", [Line("shopper", "decaf, please")])
    assert extended("old. " * 300, [*falling, Line("shopper", "decaf, please")]).endswith(newest)
