"""Events of Anthropic's Messages as they may come besides those that the played service sends."""

import json
from typing import Any

from evals.wire import Garbage


def event(kind: str, **fields: Any) -> Garbage:
    return Garbage("data: " + json.dumps({"type": kind, **fields}))


def stopped(reason: str | None, usage: object = None) -> tuple[Garbage, Garbage]:
    return event("message_delta", delta={"stop_reason": reason}, usage=usage), event("message_stop")


def called(arguments: str) -> tuple[Garbage, Garbage, Garbage]:
    block = {"type": "tool_use", "id": "call_9", "name": "search_coffees", "input": {}}
    delta = event("content_block_delta", index=0, delta={"type": "input_json_delta", "partial_json": arguments})
    return event("content_block_start", index=0, content_block=block), delta, event("content_block_stop", index=0)
