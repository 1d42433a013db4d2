"""Addresses of our own pages, pasted into the search field."""

import re

from rostra.core.ids import MAX_ID
from rostra.core.settings import Settings

_STATUS_PATH = re.compile(r"/(?:@[^/]+|ap/users/\d+/statuses)/(\d{1,19})\Z", re.ASCII)


def status_id(settings: Settings, text: str) -> int | None:
    """The id of the status whose page or URI `text` is; None when it is neither."""
    if not text.startswith(settings.base_url + "/"):
        return None
    match = _STATUS_PATH.match(text.removeprefix(settings.base_url).partition("?")[0])
    if match is None or int(match[1]) > MAX_ID:
        return None
    return int(match[1])
