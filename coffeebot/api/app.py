"""The HTTP API as one FastAPI app, mounted into the page's."""

from fastapi import FastAPI

from coffeebot.api import answers, chat, export, go, health, place, plates


def create_api() -> FastAPI:
    api = FastAPI(title="Coffeebot", docs_url=None, redoc_url=None, openapi_url=None)
    answers.install(api)
    for module in (chat, export, go, health, place, plates):
        api.include_router(module.router)
    return api
