"""Every error that Coffeebot raises on purpose.

CoffeebotError
├── BadInput            what somebody sent cannot be used; the message says what to change     (HTTP 422)
│   └── MessageTooLong  a shopper's message over the limit                                     (HTTP 413)
├── NotFound            no such conversation, coffee, offer or trait                           (HTTP 404)
├── ReplyRunning        a second message while the barista is still answering the first        (HTTP 409)
├── BaristaFailed       a provider could not answer; `retryable` says if trying again may help (HTTP 502)
└── CannotStart         the machine stands in the way: port, folder, disk, lock, server        (exit code 1)
"""


class CoffeebotError(Exception):
    """The root. `code` is stable and machine-readable, `status` its HTTP status."""

    code = "error"
    status = 500
    retryable = False


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


class BaristaFailed(CoffeebotError):
    code = "barista_failed"
    status = 502
    retryable = True


class CannotStart(CoffeebotError):
    code = "cannot_start"
