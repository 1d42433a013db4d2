"""ShallowQuote and QuoteApproval; Quote itself is in status.py (https://docs.joinmastodon.org/entities/Quote/)."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from rostra.statuses.model import QuotePolicy, QuoteState
from rostra.statuses.model import Status as StatusRow
from rostra.statuses.quotes import View


class ShallowQuote(msgspec.Struct, kw_only=True):
    """What a quoted status quotes itself: only which."""

    state: str
    quoted_status_id: str | None


class QuoteApproval(msgspec.Struct, kw_only=True):
    """Who may quote a status, and whether its viewer may."""

    automatic: list[str]
    manual: list[str]
    current_user: Literal["automatic", "manual", "denied", "unknown"]


class Ref(msgspec.Struct, frozen=True, gc=False):
    """A quote as its status has it, before anybody looks at it."""

    quoted_id: int | None
    state: QuoteState

    def seen(self, views: Mapping[int, View]) -> str:
        """Its state for a viewer who may see `views`."""
        if self.state != "accepted":
            return self.state
        if self.quoted_id is None:
            return "deleted"
        view = views.get(self.quoted_id)
        return view.state if view else "unauthorized"


def ref_of(status: StatusRow) -> Ref | None:
    """What `status` quotes."""
    return None if status.quote_state is None else Ref(status.quoted_status_id, status.quote_state)


def encode_quote(ref: Ref, views: Mapping[int, View], quoted: Mapping[int, msgspec.Raw]) -> bytes:
    """A quote of one of `quoted`, the encoded statuses by id."""
    state = ref.seen(views)
    entity = quoted.get(ref.quoted_id or 0) if ref.quoted_id in views and ref.state == "accepted" else None
    if entity is None and state == "accepted":  # deleted in this very moment
        state = "deleted"
    return b'{"state":"%b","quoted_status":%b}' % (state.encode(), entity or b"null")


def encode_shallow(ref: Ref, views: Mapping[int, View]) -> bytes:
    """A quote within a quote."""
    shown = ref.state == "accepted" and ref.quoted_id in views
    return msgspec.json.encode(
        ShallowQuote(state=ref.seen(views), quoted_status_id=str(ref.quoted_id) if shown else None)
    )


_AUTOMATIC: dict[QuotePolicy, list[str]] = {"public": ["public"], "followers": ["followers"], "nobody": []}
_APPROVALS = {
    (policy, allowed): msgspec.json.encode(
        QuoteApproval(automatic=automatic, manual=[], current_user="automatic" if allowed else "denied")
    )
    for policy, automatic in _AUTOMATIC.items()
    for allowed in (False, True)
}


def encode_approval(policy: QuotePolicy, *, allowed: bool) -> bytes:
    """Who may quote a status, and whether its viewer is `allowed` to."""
    return _APPROVALS[policy, allowed]
