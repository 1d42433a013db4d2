"""What these tests share."""

from tests.browser import browser

__all__ = ["browser"]
