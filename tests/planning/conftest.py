"""Programs of the tests of planning."""

from tests.api.conftest import program

__all__ = ["program"]
