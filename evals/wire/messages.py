"""An answer of Anthropic's Messages."""

import json
import secrets
from typing import Any

from evals.wire.errors import ANTHROPIC_FAULTS, BROKE
from evals.wire.events import encode, named, pieces
from evals.wire.request import Request
from evals.wire.scene import Call, End, Fault, Garbage, Say, Scene, Step, Think

STOPS = {"end": "end_turn", "tool": "tool_use", "max_tokens": "max_tokens", "refusal": "refusal"}
SIGNATURE = "RXJJQkNrZ0lCaEFCR0FJaVFM"


class Messages:
    def __init__(self, request: Request, scene: Scene) -> None:
        self._request, self._usage = request, scene.usage
        self._id = f"msg_{secrets.token_hex(12)}"
        self._content: list[dict[str, Any]] = []
        self._open = ""  # the kind of block that is being written
        self._written: list[str] = []  # what it says so far
        self._before_text = ""  # what stands before the text in each event of the open block
        self._stop = "end"

    def begin(self) -> str:
        return named("message_start", message=self._message(content=[], stop=None, output=1))

    def tell(self, step: Step) -> str:
        match step:
            case Say(text):
                opening = "" if self._open == "text" else self._block({"type": "text", "text": ""})
                self._written.append(text)
                return f"{opening}{self._before_text}{encode(text)}}}}}\n\n"
            case Think(text):
                opening = "" if self._open == "thinking" else self._block({"type": "thinking", "thinking": "", "signature": ""})
                self._written.append(text)
                return opening + self._delta(type="thinking_delta", thinking=text)
            case Call(arguments, name, id_):
                return self._call(arguments, name, id_)
            case Fault(kind):
                error = {"details": None, "type": ANTHROPIC_FAULTS[kind], "message": BROKE[kind]}
                return named("error", error=error, request_id=self._request.id)
            case Garbage(line):
                return f"event: content_block_delta\n{line}\n\n" if line.startswith("data:") else f"{line}\n\n"
            case End(stop):
                self._stop = stop
                return self._close() + self._end()
        return ""

    def whole(self) -> dict[str, Any]:
        self._close()
        return self._message(content=self._content, stop=self._stop, output=self._usage.output)

    def _call(self, arguments: str, name: str, id_: str) -> str:
        events = self._block({"type": "tool_use", "id": id_, "name": name, "input": {}})
        events += "".join(self._delta(type="input_json_delta", partial_json=piece) for piece in ("", *pieces(arguments)))
        self._content[-1]["input"] = _object(arguments)
        return events + self._close()

    def _end(self) -> str:
        delta = {"stop_reason": STOPS[self._stop], "stop_sequence": None, "stop_details": _details(self._stop)}
        return named("message_delta", delta=delta, usage=self._counted(self._usage.output)) + named("message_stop")

    def _block(self, block: dict[str, Any]) -> str:
        """Begins a block; a ping comes after the first, as from the service."""
        events = self._close()
        self._open, self._written = block["type"], []
        self._content.append(block)
        index = len(self._content) - 1
        delta = f'{{"type":"content_block_delta","index":{index},"delta":{{"type":"text_delta","text":'
        self._before_text = f"event: content_block_delta\ndata: {delta}"
        events += named("content_block_start", index=index, content_block=block)
        return events if index else events + named("ping")

    def _close(self) -> str:
        was, self._open = self._open, ""
        if not was:
            return ""
        signed = ""
        if was in ("text", "thinking"):
            self._content[-1][was] = "".join(self._written)
        if was == "thinking":
            self._content[-1]["signature"] = SIGNATURE
            signed = self._delta(type="signature_delta", signature=SIGNATURE)
        return signed + named("content_block_stop", index=len(self._content) - 1)

    def _delta(self, **delta: str) -> str:
        return named("content_block_delta", index=len(self._content) - 1, delta=delta)

    def _message(self, *, content: list[dict[str, Any]], stop: str | None, output: int) -> dict[str, Any]:
        return {
            "model": self._request.model, "id": self._id, "type": "message", "role": "assistant", "content": content,
            "stop_reason": STOPS[stop] if stop else None, "stop_sequence": None, "stop_details": _details(stop),
            "usage": {
                **self._counted(output), "service_tier": "standard",
                "cache_creation": {"ephemeral_5m_input_tokens": self._usage.cache_write, "ephemeral_1h_input_tokens": 0},
            },
        }  # fmt: skip

    def _counted(self, output: int) -> dict[str, int]:
        return {
            "input_tokens": self._usage.input, "cache_creation_input_tokens": self._usage.cache_write,
            "cache_read_input_tokens": self._usage.cached, "output_tokens": output,
        }  # fmt: skip


def _details(stop: str | None) -> dict[str, Any] | None:
    return {"type": "refusal", "category": None, "explanation": None} if stop == "refusal" else None


def _object(arguments: str) -> dict[str, Any]:
    """Arguments where the service has parsed them; what is no object comes out as none at all."""
    try:
        parsed = json.loads(arguments)
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}
