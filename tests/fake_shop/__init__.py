"""A roaster's shop that runs on this machine and misbehaves when it is told to."""

from tests.fake_shop.answers import Answer
from tests.fake_shop.misbehaviour import MISBEHAVIOURS
from tests.fake_shop.server import FakeShop

__all__ = ["MISBEHAVIOURS", "Answer", "FakeShop"]
