"""Which models the settings name, in the order in which they are asked.

An SDK is loaded once its key is there: the two take two seconds and 60 MB, which a house without keys never pays.
"""

from dataclasses import dataclass

from coffeebot.providers.llm.clock import Limits
from coffeebot.providers.llm.model import Model
from coffeebot.settings import Settings

OPENAI_CHEAP = "gpt-6-luna"


@dataclass(frozen=True, slots=True)
class Chosen:
    """One model each of every provider that has a key (or, for a server of one's own, an address).

    `first` speak; `cheap` read profiles, and speak when the budget is short. They may be the same.
    """

    first: tuple[Model, ...] = ()
    cheap: tuple[Model, ...] = ()

    @property
    def all(self) -> tuple[Model, ...]:
        """Each once, in the order in which they are asked for a reply."""
        return tuple(dict.fromkeys((*self.first, *self.cheap)))


def choose(settings: Settings) -> Chosen:
    openai_cheap = settings.openai_cheap_model or (settings.openai_model if settings.openai_base_url else OPENAI_CHEAP)
    names = {
        "anthropic": (settings.anthropic_model, settings.anthropic_cheap_model),
        "openai": (settings.openai_model, openai_cheap),
    }
    pairs = [_pair(settings, provider, *names[provider]) for provider in settings.providers]
    return Chosen(
        tuple(first for first, _ in pairs if first is not None),
        tuple(cheap for _, cheap in pairs if cheap is not None),
    )


def limits_of(settings: Settings) -> Limits:
    return Limits(settings.connect_seconds, settings.first_word_seconds, settings.next_word_seconds, settings.reply_seconds)


def _pair(settings: Settings, provider: str, first: str, cheap: str) -> tuple[Model | None, Model | None]:
    model = _model(settings, provider, first)
    return model, model if cheap == first else _model(settings, provider, cheap)


def _model(settings: Settings, provider: str, name: str) -> Model | None:
    return _claude(settings, name) if provider == "anthropic" else _openai(settings, name)


def _claude(settings: Settings, name: str) -> Model | None:
    if settings.anthropic_api_key is None:
        return None
    from coffeebot.providers.llm.claude import Claude  # noqa: PLC0415

    key = settings.anthropic_api_key.get_secret_value()
    return Claude(key, name, base_url=settings.anthropic_base_url, limits=limits_of(settings))


def _openai(settings: Settings, name: str) -> Model | None:
    secret = settings.openai_api_key.get_secret_value() if settings.openai_api_key else None
    address, api = settings.openai_base_url, settings.openai_api
    if api == "chat" or (api == "auto" and address):
        if not (secret or address):
            return None
        from coffeebot.providers.llm.compatible import Compatible  # noqa: PLC0415
        from coffeebot.providers.llm.openai import HOME  # noqa: PLC0415

        return Compatible(secret, name, base_url=address or HOME, limits=limits_of(settings))
    if secret is None:
        return None
    from coffeebot.providers.llm.openai import Responses  # noqa: PLC0415

    return Responses(secret, name, base_url=address, limits=limits_of(settings))
