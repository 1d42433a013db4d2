"""A browser for the tests of emojis."""

from tests.browser import browser

__all__ = ["browser"]
