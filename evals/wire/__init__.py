"""A language model's service played over real HTTP: Anthropic Messages, OpenAI Responses and chat completions."""

from evals.wire.scene import Call, Drop, End, Fault, Garbage, Say, Scene, Stall, Step, Think, Usage, say
from evals.wire.server import Request, Wire, wire_server

__all__ = [
    "Call", "Drop", "End", "Fault", "Garbage", "Request", "Say", "Scene", "Stall", "Step", "Think", "Usage", "Wire", "say", "wire_server",
]  # fmt: skip
