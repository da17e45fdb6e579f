"""What went wrong with a provider, in our words: the exceptions of both SDKs have one shape."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import aiohttp
import httpx2

from coffeebot.domain.errors import Failure, ProviderFailed

DETAIL = 200  # characters of a service's own message that the log keeps
NO_QUOTA = 3600.0  # seconds until an account that ran dry is worth another try
_NAMED = {
    "overloaded_error": Failure.OVERLOADED,
    "server_is_overloaded": Failure.OVERLOADED,
    "server_overloaded": Failure.OVERLOADED,
    "slow_down": Failure.OVERLOADED,
    "rate_limit_error": Failure.RATE_LIMIT,
    "rate_limit_exceeded": Failure.RATE_LIMIT,
    "insufficient_quota": Failure.RATE_LIMIT,
    "authentication_error": Failure.KEY,
    "invalid_api_key": Failure.KEY,
    "invalid_request_error": Failure.REQUEST,
    "invalid_prompt": Failure.REQUEST,
    "context_length_exceeded": Failure.REQUEST,
    "content_filter": Failure.REFUSED,
    "content_policy_violation": Failure.REFUSED,
    "bio_policy": Failure.REFUSED,
    "misalignment_policy_violation": Failure.REFUSED,
}


def of_status(status: int, *, headers: Mapping[str, str], body: object) -> ProviderFailed:
    """Of an answer that is not 200. The text of a refused key is left out: services like to quote the key."""
    named = of_event(body)
    kind = _of_number(status) or named.kind
    if kind is Failure.KEY:
        return ProviderFailed(kind, detail=f"status {status}")
    if kind is Failure.REQUEST and named.kind is Failure.REFUSED:
        kind = Failure.REFUSED
    wait = retry_after(headers) if kind in (Failure.RATE_LIMIT, Failure.OVERLOADED) else None
    if "insufficient_quota" in str(body):
        wait = max(wait or 0, NO_QUOTA)
    return ProviderFailed(kind, detail=f"status {status}: {named.detail}", retry_after=wait)


def of_event(body: object) -> ProviderFailed:
    """Of an error event, or the body of an error: {"error": {"type", "code", "message"}}, with or without the outer part."""
    error: Any = body.get("error") if isinstance(body, Mapping) and isinstance(body.get("error"), Mapping) else body
    if not isinstance(error, Mapping):
        return ProviderFailed(Failure.SERVER, detail=str(error))
    code = error.get("code")
    kind = _of_name(code) or _of_name(error.get("type")) or Failure.SERVER
    wait = NO_QUOTA if code == "insufficient_quota" else None
    return ProviderFailed(kind, detail=str(error.get("message") or code or kind), retry_after=wait)


def _of_name(name: object) -> Failure | None:
    """Of a code in words, or of a status, which servers of one's own write there."""
    text = str(name)
    return _of_number(int(text)) if len(text) == 3 and text.isdecimal() else _NAMED.get(text)


def _of_number(status: int) -> Failure | None:
    match status:
        case 401 | 403:
            return Failure.KEY
        case 429:
            return Failure.RATE_LIMIT
        case 503 | 529:
            return Failure.OVERLOADED
        case _ if status >= 500:
            return Failure.SERVER
        case _ if status >= 400:
            return Failure.REQUEST
    return None


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that a service asks to be left alone: a number or a date; None for what is neither, or nonsense."""
    said = headers.get("retry-after", "").strip()
    try:
        seconds = float(said)
    except ValueError:
        try:
            seconds = (parsedate_to_datetime(said) - datetime.now(UTC)).total_seconds()
        except (ValueError, TypeError, OverflowError, IndexError):
            return None
    return min(max(0.0, seconds), 86_400.0) if seconds == seconds else None


@contextmanager
def failures(sdk: Any, key: str = "") -> Iterator[None]:
    """Whatever breaks inside leaves as ProviderFailed. `sdk` is the module `anthropic` or `openai`; `key` stays out of what is told."""
    try:
        with _named(sdk):
            yield
    except ProviderFailed as failed:
        failed.detail = (failed.detail.replace(key, "[key]") if key else failed.detail)[:DETAIL]
        raise


@contextmanager
def _named(sdk: Any) -> Iterator[None]:
    try:
        yield
    except ProviderFailed:
        raise
    except (sdk.APITimeoutError, httpx2.TimeoutException) as error:
        refused = isinstance(error.__cause__ or error, httpx2.ConnectTimeout)  # one SDK calls every failure to connect that
        raise ProviderFailed(Failure.CONNECTION if refused else Failure.TIMEOUT, detail=_told(error)) from error
    except (sdk.APIConnectionError, httpx2.HTTPError, httpx2.StreamError, aiohttp.ClientError, OSError) as error:
        raise ProviderFailed(Failure.CONNECTION, detail=_told(error)) from error
    except sdk.APIStatusError as error:
        raise of_status(error.status_code, headers=error.response.headers, body=error.body) from error
    except (sdk.APIError, ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ProviderFailed(Failure.MALFORMED, detail=_told(error)) from error


def _told(error: Exception) -> str:
    return f"{type(error).__name__}: {error.__cause__ or error}"
