"""An answer of OpenAI's Responses."""

import secrets
import time
from typing import Any

from evals.wire.errors import BROKE, OPENAI_FAULTS, openai_fault
from evals.wire.events import encode, named, pieces
from evals.wire.request import Request
from evals.wire.scene import Call, End, Fault, Garbage, Say, Scene, Step, Think

REFUSAL = "I'm sorry, but I can't help with that."
_ECHOED: dict[str, Any] = {
    "instructions": None, "max_output_tokens": None, "metadata": {}, "parallel_tool_calls": True, "prompt_cache_key": None,
    "reasoning": {"effort": None, "summary": None}, "store": True, "temperature": 1.0, "text": {"format": {"type": "text"}},
    "tool_choice": "auto", "tools": [], "top_p": 1.0, "truncation": "disabled",
}  # fmt: skip


class Responses:
    def __init__(self, request: Request, scene: Scene) -> None:
        self._request, self._usage = request, scene.usage
        self._id, self._created = secrets.token_hex(12), int(time.time())
        self._sealed = "c2VhbGVk" if "reasoning.encrypted_content" in (request.body.get("include") or ()) else None
        self._output: list[dict[str, Any]] = []
        self._number = -1
        self._text: list[str] | None = None  # of the message that is being written
        self._before_text = ""
        self._last: dict[str, Any] | None = None

    def begin(self) -> str:
        return "".join(self._event(f"response.{name}", response=self._response("in_progress")) for name in ("created", "in_progress"))

    def tell(self, step: Step) -> str:
        match step:
            case Say(text):
                opening = self._message() if self._text is None else ""
                assert self._text is not None
                self._text.append(text)
                self._number += 1
                return f'{opening}{self._before_text}{encode(text)},"sequence_number":{self._number}}}\n\n'
            case Think(text):
                return self._close() + self._thought(text)
            case Call(arguments, name, id_):
                return self._close() + self._call(arguments, name, id_)
            case Fault(kind):
                return self._fault(kind)
            case Garbage(line):
                return f"{line}\n\n"
            case End(stop):
                return self._end(stop)
        return ""

    def whole(self) -> dict[str, Any]:
        if self._last is None:
            self._end("end")
        return self._last or {}

    def _message(self) -> str:
        item = self._begun("msg", type="message", role="assistant", content=[])
        self._text = []
        where = {"item_id": item["id"], "output_index": len(self._output), "content_index": 0}
        fields = encode({"type": "response.output_text.delta", **where, "logprobs": []})[:-1]
        self._before_text = f'event: response.output_text.delta\ndata: {fields},"delta":'
        return self._added(item) + self._event("response.content_part.added", **where, part=_part(""))

    def _close(self, status: str = "completed") -> str:
        if self._text is None:
            return ""
        text, self._text = "".join(self._text), None
        item = self._begun("msg", type="message", role="assistant", content=[_part(text)])
        where = {"item_id": item["id"], "output_index": len(self._output), "content_index": 0}
        events = self._event("response.output_text.done", **where, text=text, logprobs=[])
        return events + self._event("response.content_part.done", **where, part=_part(text)) + self._done(item, status)

    def _thought(self, text: str) -> str:
        item = self._begun("rs", type="reasoning", summary=[], encrypted_content=self._sealed)
        where = {"item_id": item["id"], "output_index": len(self._output), "summary_index": 0}
        part = {"type": "summary_text", "text": text}
        events = self._added(item) + self._event("response.reasoning_summary_part.added", **where, part={**part, "text": ""})
        events += self._event("response.reasoning_summary_text.delta", **where, delta=text)
        events += self._event("response.reasoning_summary_text.done", **where, text=text)
        events += self._event("response.reasoning_summary_part.done", **where, part=part)
        return events + self._done({**item, "summary": [part]}, "completed")

    def _call(self, arguments: str, name: str, id_: str) -> str:
        item = self._begun("fc", type="function_call", call_id=id_, name=name, arguments="")
        where = {"item_id": item["id"], "output_index": len(self._output)}
        events = self._added(item)
        events += "".join(self._event("response.function_call_arguments.delta", **where, delta=piece) for piece in pieces(arguments))
        events += self._event("response.function_call_arguments.done", **where, arguments=arguments)
        return events + self._done({**item, "arguments": arguments}, "completed")

    def _refusal(self) -> str:
        item = self._begun("msg", type="message", role="assistant", content=[])
        where = {"item_id": item["id"], "output_index": len(self._output), "content_index": 0}
        part = {"type": "refusal", "refusal": REFUSAL}
        events = self._added(item) + self._event("response.content_part.added", **where, part={**part, "refusal": ""})
        events += self._event("response.refusal.delta", **where, delta=REFUSAL)
        events += self._event("response.refusal.done", **where, refusal=REFUSAL)
        events += self._event("response.content_part.done", **where, part=part)
        return events + self._done({**item, "content": [part]}, "completed")

    def _fault(self, kind: str) -> str:
        """See `Fault`: the service has been seen to send each of these."""
        fault = OPENAI_FAULTS[kind]
        self._last = self._response("failed", error={"code": fault["code"], "message": BROKE[kind]})
        match kind:
            case "rate_limit":
                return self._event("error", error=openai_fault(kind))
            case "overloaded":
                said = self._event("error", code=fault["code"], message=BROKE[kind], param=None)
                return said + self._event("response.failed", response=self._last)
        return self._event("response.failed", response=self._last)

    def _end(self, stop: str) -> str:
        status = "incomplete" if stop == "max_tokens" else "completed"
        events = self._close(status) + (self._refusal() if stop == "refusal" else "")
        self._last = self._response(status, incomplete_details={"reason": "max_output_tokens"} if stop == "max_tokens" else None)
        return events + self._event(f"response.{status}", response=self._last)

    def _begun(self, prefix: str, **fields: Any) -> dict[str, Any]:
        """The next item of the answer; its id follows from its place."""
        return {"id": f"{prefix}_{self._id}{len(self._output):02d}", **fields, "status": "in_progress"}

    def _added(self, item: dict[str, Any]) -> str:
        return self._event("response.output_item.added", output_index=len(self._output), item=item)

    def _done(self, item: dict[str, Any], status: str) -> str:
        done = {**item, "status": status}
        self._output.append(done)
        return self._event("response.output_item.done", output_index=len(self._output) - 1, item=done)

    def _event(self, kind: str, **fields: Any) -> str:
        self._number += 1
        return named(kind, **fields, sequence_number=self._number)

    def _response(self, status: str, **fields: Any) -> dict[str, Any]:
        """The answer as an object; what was asked for comes back in it, as from the service."""
        echoed = {name: self._request.body.get(name, default) for name, default in _ECHOED.items()}
        counted = self._counted() if status in ("completed", "incomplete") else None
        return {
            "id": f"resp_{self._id}", "object": "response", "created_at": self._created, "status": status, "background": False,
            "error": None, "incomplete_details": None, "model": self._request.model, "output": list(self._output),
            "previous_response_id": None, "service_tier": "default", "user": None, "usage": counted, **echoed, **fields,
        }  # fmt: skip

    def _counted(self) -> dict[str, Any]:
        usage = self._usage
        read = usage.input + usage.cached + usage.cache_write
        return {
            "input_tokens": read, "input_tokens_details": {"cached_tokens": usage.cached, "cache_write_tokens": usage.cache_write},
            "output_tokens": usage.output, "output_tokens_details": {"reasoning_tokens": 0}, "total_tokens": read + usage.output,
        }  # fmt: skip


def _part(text: str) -> dict[str, Any]:
    return {"type": "output_text", "annotations": [], "logprobs": [], "text": text}
