"""Rate limits, as Mastodon announces them (https://docs.joinmastodon.org/api/rate-limits/).

Counted in each web process. Attempts at passwords, sign-up and mail are counted in the database
instead (accounts/throttles), across all processes.
"""

import time
from datetime import UTC, datetime

from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

LIMITS: dict[str, RateLimitItem] = {
    "default": parse("300/5 minutes"),
    "anonymous": parse("300/5 minutes"),
    "posts": parse("300/3 hours"),
    "media": parse("30/30 minutes"),
    "deletes": parse("30/30 minutes"),
    "drafts": parse("600/5 minutes"),
    "translations": parse("100/30 minutes"),
    "reports": parse("400/24 hours"),
    "apps": parse("25/5 minutes"),
}


class RateLimits:
    """Counters of one process."""

    def __init__(self) -> None:
        self._limiter = FixedWindowRateLimiter(MemoryStorage())

    def hit(self, name: str, who: str) -> tuple[dict[str, str], int]:
        """Count one request of `who` against the limit `name`.

        Returns the headers to send, and in how many seconds to come back (0: the request is allowed).
        """
        item = LIMITS[name]
        allowed = self._limiter.hit(item, name, who)
        stats = self._limiter.get_window_stats(item, name, who)
        reset = datetime.fromtimestamp(stats.reset_time, UTC).isoformat(timespec="microseconds")
        headers = {
            "X-RateLimit-Limit": str(item.amount),
            "X-RateLimit-Remaining": str(stats.remaining),
            "X-RateLimit-Reset": reset.replace("+00:00", "Z"),
        }
        return headers, 0 if allowed else max(1, int(stats.reset_time - time.time()) + 1)
