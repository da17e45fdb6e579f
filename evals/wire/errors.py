"""What the services say when they refuse or break, in the shape of each."""

from typing import Any

from evals.wire.http1 import phrase

BROKE = {
    "overloaded": "The service is overloaded. Please try again later.",
    "rate_limit": "Rate limit reached. Please try again later.",
    "server": "The server had an error while processing your request.",
}
ANTHROPIC_FAULTS = {"overloaded": "overloaded_error", "rate_limit": "rate_limit_error", "server": "api_error"}
OPENAI_FAULTS = {
    "overloaded": {"type": "service_unavailable_error", "code": "server_is_overloaded"},
    "rate_limit": {"type": "tokens", "code": "rate_limit_exceeded"},
    "server": {"type": "server_error", "code": "server_error"},
}
_ANTHROPIC = {
    401: "authentication_error", 402: "billing_error", 403: "permission_error", 404: "not_found_error", 413: "request_too_large",
    429: "rate_limit_error", 504: "timeout_error", 529: "overloaded_error",
}  # fmt: skip
_OPENAI = {
    401: {"type": "invalid_request_error", "code": "invalid_api_key"},
    404: {"type": "invalid_request_error", "code": "model_not_found"},
    429: OPENAI_FAULTS["rate_limit"],
    503: OPENAI_FAULTS["overloaded"],
    529: OPENAI_FAULTS["overloaded"],
}


def openai_fault(kind: str) -> dict[str, Any]:
    return {"message": BROKE[kind], "param": None, **OPENAI_FAULTS[kind]}


def fault_status(shape: str, kind: str) -> int:
    """The status of the same fault before anything was sent."""
    return {"overloaded": 529 if shape == "anthropic" else 503, "rate_limit": 429, "server": 500}[kind]


def error_body(shape: str, status: int, message: str, *, request_id: str) -> dict[str, Any]:
    """The body of an answer that is not 200; `shape` is "anthropic", or anything else for OpenAI's.

    A 429 of OpenAI whose message speaks of a quota is an account that ran dry, and has a code of its own.
    """
    said = message or phrase(status)
    if shape == "anthropic":
        kind = _ANTHROPIC.get(status, "api_error" if status >= 500 else "invalid_request_error")
        return {"type": "error", "error": {"type": kind, "message": said}, "request_id": request_id}
    named = _OPENAI.get(status, OPENAI_FAULTS["server"] if status >= 500 else {"type": "invalid_request_error", "code": None})
    if status == 429 and "quota" in said:
        named = {"type": "insufficient_quota", "code": "insufficient_quota"}
    return {"error": {"message": said, "param": None, **named}}
