"""An int8 model that also multiplies in whole numbers.

Its file keeps weights as whole numbers with a scale for each row or column, and makes floats of all of them before the first use.
Here they stay what they are: a query takes half the time, and the process a hundred megabytes less.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import numpy as np
import onnx
from onnx import GraphProto, NodeProto, TensorProto, helper, numpy_helper

_MIDDLE = 128  # unsigned, because not every processor multiplies signed numbers without an overflow


class _Weights(NamedTuple):
    """The names of int8 weights, of their scales, and of the floats that the file has made of them before scaling."""

    numbers: str
    scale: str
    unscaled: str


def in_whole_numbers(path: Path) -> bytes:
    """The model of a file, for an InferenceSession. Its vectors differ from those in floats by about one part in a hundred."""
    model = onnx.load(path)
    graph = model.graph
    weights = _weights(graph)
    multiplied = {weights[node.input[1]].numbers for node in graph.node if _multiplies(node, weights)}
    for tensor in graph.initializer:
        if tensor.name in multiplied:
            tensor.CopyFrom(numpy_helper.from_array(_unsigned(numpy_helper.to_array(tensor)), tensor.name))
    graph.initializer.append(numpy_helper.from_array(np.array(_MIDDLE, np.uint8), "middle"))
    unread = {*weights, *(one.unscaled for one in weights.values())}
    nodes = [new for node in graph.node if node.output[0] not in unread for new in _rewritten(node, weights)]
    del graph.node[:]
    graph.node.extend(nodes)
    return bytes(model.SerializeToString())


def _weights(graph: GraphProto) -> dict[str, _Weights]:
    """By the name of the floats that the file has made of them."""
    stored = {tensor.name for tensor in graph.initializer}
    casts = {node.output[0]: node.input[0] for node in graph.node if node.op_type == "Cast" and node.input[0] in stored}
    scaled = (node for node in graph.node if node.op_type == "Mul" and node.input[0] in casts and node.input[1] in stored)
    return {node.output[0]: _Weights(casts[node.input[0]], node.input[1], node.input[0]) for node in scaled}


def _unsigned(numbers: np.ndarray) -> np.ndarray:
    return (numbers.astype(np.int16) + _MIDDLE).astype(np.uint8)


def _multiplies(node: NodeProto, weights: Mapping[str, _Weights]) -> bool:
    return node.op_type == "MatMul" and node.input[1] in weights


def _rewritten(node: NodeProto, weights: Mapping[str, _Weights]) -> Iterator[NodeProto]:
    """What takes a node's place."""
    if _multiplies(node, weights):
        yield from _multiplied(node, weights[node.input[1]])
    elif node.op_type == "Gather" and node.input[0] in weights:
        yield from _gathered(node, weights[node.input[0]])
    else:
        yield node


def _multiplied(node: NodeProto, weights: _Weights) -> Iterator[NodeProto]:
    """What comes in is made whole numbers, too, with a scale that suits it; the product is scaled back by both."""
    (result,) = node.output
    whole, scale, zero, product, floats, both = (f"{result}_{part}" for part in ("whole", "scale", "zero", "product", "floats", "both"))
    yield helper.make_node("DynamicQuantizeLinear", [node.input[0]], [whole, scale, zero])
    yield helper.make_node("MatMulInteger", [whole, weights.numbers, zero, "middle"], [product])
    yield helper.make_node("Cast", [product], [floats], to=TensorProto.FLOAT)
    yield helper.make_node("Mul", [scale, weights.scale], [both])
    yield helper.make_node("Mul", [floats, both], [result])


def _gathered(node: NodeProto, weights: _Weights) -> Iterator[NodeProto]:
    """Only the rows that are asked for become floats."""
    (result,) = node.output
    rows, floats, scales = (f"{result}_{part}" for part in ("rows", "floats", "scales"))
    yield helper.make_node("Gather", [weights.numbers, node.input[1]], [rows])
    yield helper.make_node("Cast", [rows], [floats], to=TensorProto.FLOAT)
    yield helper.make_node("Gather", [weights.scale, node.input[1]], [scales])
    yield helper.make_node("Mul", [floats, scales], [result])
