"""How an error of our tree becomes an HTTP answer: `{"error": {"code", "message", "retryable"}}`."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from coffeebot.domain.errors import CoffeebotError


def error_body(code: str, message: str, *, retryable: bool = False) -> dict[str, dict[str, object]]:
    return {"error": {"code": code, "message": message, "retryable": retryable}}


async def _ours(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, CoffeebotError)
    return JSONResponse(error_body(error.code, str(error), retryable=error.retryable), status_code=error.status)


async def _invalid(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"] if part != "body") or "body"
    return JSONResponse(error_body("bad_input", f"{where}: {first['msg']}"), status_code=422)


def install(api: FastAPI) -> None:
    api.add_exception_handler(CoffeebotError, _ours)
    api.add_exception_handler(RequestValidationError, _invalid)
