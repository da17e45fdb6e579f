"""An answer of chat completions, as OpenAI made them and others speak them."""

import secrets
import time
from typing import Any

from evals.wire.errors import openai_fault
from evals.wire.events import encode, pieces
from evals.wire.request import Request
from evals.wire.scene import Call, End, Fault, Garbage, Say, Scene, Step, Think

STOPS = {"end": "stop", "tool": "tool_calls", "max_tokens": "length", "refusal": "content_filter"}
_MARK = "\N{NULL}"


class Chat:
    def __init__(self, request: Request, scene: Scene) -> None:
        self._usage = scene.usage
        self._counts = bool((request.body.get("stream_options") or {}).get("include_usage"))
        self._head = {"id": f"chatcmpl-{secrets.token_hex(12)}", "created": int(time.time()), "model": request.model}
        self._text: list[str] = []
        self._thoughts: list[str] = []
        self._calls: list[dict[str, Any]] = []
        self._stop = "end"
        self._before_text, self._after_text = self._chunk({"content": _MARK}).split(encode(_MARK))

    def begin(self) -> str:
        return self._chunk({"role": "assistant", "content": "", "refusal": None})

    def tell(self, step: Step) -> str:
        match step:
            case Say(text):
                self._text.append(text)
                return f"{self._before_text}{encode(text)}{self._after_text}"
            case Think(text):
                self._thoughts.append(text)
                return self._chunk({"reasoning_content": text})
            case Call(arguments, name, id_):
                return self._call(arguments, name, id_)
            case Fault(kind):
                return f"data: {encode({'error': openai_fault(kind)})}\n\n"
            case Garbage(line):
                return f"{line}\n\n"
            case End(stop):
                self._stop = stop
                counted = {**self._head, "object": "chat.completion.chunk", "choices": [], "usage": self._counted()}
                return self._chunk({}, finish=STOPS[stop]) + (f"data: {encode(counted)}\n\n" if self._counts else "") + "data: [DONE]\n\n"
        return ""

    def whole(self) -> dict[str, Any]:
        message: dict[str, Any] = {"role": "assistant", "content": "".join(self._text) or None, "refusal": None, "annotations": []}
        if self._thoughts:
            message["reasoning_content"] = "".join(self._thoughts)
        if self._calls:
            message["tool_calls"] = self._calls
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": STOPS[self._stop]}
        return {**self._head, "object": "chat.completion", "choices": [choice], "usage": self._counted()}

    def _call(self, arguments: str, name: str, id_: str) -> str:
        index = len(self._calls)
        self._calls.append({"id": id_, "type": "function", "function": {"name": name, "arguments": arguments}})
        begun = {"index": index, "id": id_, "type": "function", "function": {"name": name, "arguments": ""}}
        deltas = [begun, *({"index": index, "function": {"arguments": piece}} for piece in pieces(arguments))]
        return "".join(self._chunk({"tool_calls": [delta]}) for delta in deltas)

    def _chunk(self, delta: dict[str, Any], finish: str | None = None) -> str:
        """With usage asked for, every chunk but the last says that it has none."""
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        chunk = {**self._head, "object": "chat.completion.chunk", "choices": [choice], **({"usage": None} if self._counts else {})}
        return f"data: {encode(chunk)}\n\n"

    def _counted(self) -> dict[str, Any]:
        usage = self._usage
        read = usage.input + usage.cached + usage.cache_write
        return {
            "prompt_tokens": read, "completion_tokens": usage.output, "total_tokens": read + usage.output,
            "prompt_tokens_details": {"cached_tokens": usage.cached, "audio_tokens": 0},
            "completion_tokens_details": {"reasoning_tokens": 0, "audio_tokens": 0},
        }  # fmt: skip
