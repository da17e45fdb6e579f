"""Every error that Coffeebot raises on purpose.

CoffeebotError
├── BadInput            what somebody sent cannot be used; the message says what to change     (HTTP 422)
│   └── MessageTooLong  a shopper's message over the limit                                     (HTTP 413)
├── NotFound            no such conversation, coffee, offer or trait                           (HTTP 404)
├── ReplyRunning        a second message while the barista is still answering the first        (HTTP 409)
├── SourceBusy          a second run of a shop while the first still reads it                  (HTTP 409)
├── AlreadyDecided      a proposal that is not open any more                                   (HTTP 409)
├── BaristaFailed       nobody could answer, or not to the end; trying again may help          (HTTP 502)
│   ├── ProviderFailed  one language model could not; `kind` says why                          (HTTP 502)
│   └── BudgetSpent     a call would cost more than is left for today, the shopper or the conversation
└── CannotStart         the machine stands in the way: port, folder, disk, lock, server        (exit code 1)
"""

from enum import StrEnum


class CoffeebotError(Exception):
    """The root. `code` is stable and machine-readable, `status` its HTTP status.

    `said` is a sentence in English with a {place} for each of the `values`; its words in other languages are found by it
    (coffeebot/words/ja_errors.py).
    """

    code = "error"
    status = 500
    retryable = False

    def __init__(self, said: str = "", **values: object) -> None:
        super().__init__(said.format(**values) if values else said)
        self.said, self.values = said, values


class BadInput(CoffeebotError):
    code = "bad_input"
    status = 422


class MessageTooLong(BadInput):
    code = "message_too_long"
    status = 413


class NotFound(CoffeebotError):
    code = "not_found"
    status = 404


class ReplyRunning(CoffeebotError):
    code = "reply_running"
    status = 409
    retryable = True


class SourceBusy(CoffeebotError):
    code = "source_busy"
    status = 409
    retryable = True


class AlreadyDecided(CoffeebotError):
    code = "already_decided"
    status = 409


class BaristaFailed(CoffeebotError):
    code = "barista_failed"
    status = 502
    retryable = True


class Failure(StrEnum):
    """Why a provider did not answer, or not to the end."""

    CONNECTION = "connection"  # no connection, or one that was dropped
    TIMEOUT = "timeout"  # no first word, or none after the last, within its time
    RATE_LIMIT = "rate_limit"  # 429; `retry_after` seconds when it said so
    OVERLOADED = "overloaded"  # 529, 503, or an error event that says so
    SERVER = "server"  # any other 5xx, or an error event
    KEY = "key"  # 401, 403: the key is refused
    REQUEST = "request"  # any other 4xx: what was asked cannot be answered, and will not be
    MALFORMED = "malformed"  # what came is not what the protocol allows
    EMPTY = "empty"  # it ended without a word
    REFUSED = "refused"  # the model or its filter declined
    CUT_SHORT = "cut_short"  # the limit of tokens came before the end


class ProviderFailed(BaristaFailed):
    """`code` is the kind of failure; the text is for the shopper, `detail` for the log."""

    def __init__(self, kind: Failure, *, detail: str = "", retry_after: float | None = None) -> None:
        super().__init__(_TOLD.get(kind, _TOLD_ELSE))
        self.kind = kind
        self.code = str(kind)
        self.detail = detail
        self.retry_after = retry_after


_TOLD = {
    Failure.CUT_SHORT: "The answer grew longer than allowed and was cut. Continue, or ask for a part of it.",
    Failure.REFUSED: "The barista would not go on with that. Say it another way, or try again.",
}
_TOLD_ELSE = "The line to the barista broke. What you see is saved."


class BudgetSpent(BaristaFailed):
    code = "budget_spent"


class CannotStart(CoffeebotError):
    code = "cannot_start"
