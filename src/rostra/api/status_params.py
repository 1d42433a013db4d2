"""Parameters that a new status and an edit have in common."""

from datetime import timedelta

import msgspec

from rostra.api.params import Id
from rostra.core.text import clean
from rostra.media.model import parse_focus
from rostra.statuses.model import MediaChange, PollDraft

_LONGEST_POLL = 10**9  # seconds: more than any poll may run, and no overflow


class NewPoll(msgspec.Struct):
    """A poll to be asked. `expires_in` is in seconds."""

    options: list[str]
    expires_in: int
    multiple: bool = False
    hide_totals: bool = False

    def draft(self) -> PollDraft:
        """As the use cases want it."""
        return PollDraft(
            options=[clean(option).strip() for option in self.options],
            expires_in=timedelta(seconds=max(0, min(self.expires_in, _LONGEST_POLL))),
            multiple=self.multiple,
            hide_totals=self.hide_totals,
        )


class MediaAttributes(msgspec.Struct):
    """What an edit says about one attachment."""

    id: Id
    description: str | None = None
    focus: str | None = None

    def change(self) -> MediaChange:
        """As the use case wants it.

        Raises:
            Invalid: the focus is no pair of numbers.
        """
        return MediaChange(
            id=self.id,
            description=None if self.description is None else clean(self.description),
            focus=parse_focus(self.focus) if self.focus else None,
        )


class Said(msgspec.Struct, kw_only=True):
    """What a status says."""

    status: str = ""
    spoiler_text: str = ""
    sensitive: bool | None = None
    language: str | None = None
    media_ids: list[Id] = []
    media_attributes: list[MediaAttributes] = []
    poll: NewPoll | None = None

    def texts(self) -> tuple[str, str]:
        """Text and content warning; a warning before nothing is the text, as in Mastodon."""
        text, spoiler_text = clean(self.status), clean(self.spoiler_text)
        return (text, spoiler_text) if text else (spoiler_text, "")

    def is_sensitive(self, default: bool) -> bool:
        """Whether it is to be hidden at first; a content warning always does so."""
        return (default if self.sensitive is None else self.sensitive) or bool(clean(self.spoiler_text))

    def media_changes(self) -> tuple[MediaChange, ...]:
        """What is said about attachments; of the same one, the last counts."""
        return tuple(attributes.change() for attributes in self.media_attributes)
