"""What we are, and which Mastodon we behave like."""

from rostra.core.version import ROSTRA

MASTODON = "4.6.0"
"""Apps find out from this what they may call."""
MASTODON_API = 10
"""Apps of 2024 and later look at this number first: 2 promises grouped notifications, 7 quotes,
10 collections."""

VERSION = f"{MASTODON} (compatible; Rostra {ROSTRA})"
