"""Parameters that a new status and an edit have in common."""

from datetime import UTC, datetime, timedelta

import msgspec

from rostra.accounts.model import User
from rostra.api.params import Id
from rostra.core.errors import Invalid
from rostra.core.text import clean, language_tag
from rostra.media.model import parse_focus
from rostra.statuses.model import (
    CONTENT_TYPES,
    ContentType,
    Draft,
    MediaChange,
    PollDraft,
    QuotePolicy,
    Visibility,
)
from rostra.statuses.policies import Policy, Rules, decode, make

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


class Written(msgspec.Struct, kw_only=True):
    """A text, and how it is written."""

    status: str = ""
    content_type: str = ""

    def kind(self) -> ContentType | None:
        """How the text is written; None: they don't say.

        Raises:
            Invalid: in a way that we can't read.
        """
        for known in CONTENT_TYPES:
            if self.content_type == known:
                return known
        if self.content_type:
            raise Invalid(f"Content type is not supported (those that are: {', '.join(CONTENT_TYPES)})")
        return None


class Said(Written, kw_only=True):
    """What a status says."""

    spoiler_text: str = ""
    sensitive: bool | None = None
    language: str | None = None
    media_ids: list[Id] = []
    media_attributes: list[MediaAttributes] = []
    poll: NewPoll | None = None
    quote_approval_policy: QuotePolicy | None = None

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


class RulesParams(msgspec.Struct):
    """Who may do something at once, and who with the author's leave; the last two are older names."""

    automatic_approval: list[str] | None = None
    manual_approval: list[str] | None = None
    always: list[str] | None = None
    with_approval: list[str] | None = None

    def rules(self) -> Rules | None:
        """As the use cases want it; None: nothing is said."""
        automatic = self.always if self.automatic_approval is None else self.automatic_approval
        manual = self.with_approval if self.manual_approval is None else self.manual_approval
        if automatic is None and manual is None:
            return None
        # "me" is what we answer to whoever asks: apps may send back what they got.
        return Rules(
            tuple(value for value in automatic or () if value != "me"),
            tuple(value for value in manual or () if value != "me"),
        )


class PolicyParams(msgspec.Struct):
    """Who may do what to a status."""

    can_favourite: RulesParams | None = None
    can_reply: RulesParams | None = None
    can_reblog: RulesParams | None = None

    def make(self, visibility: str) -> Policy:
        """The policy for a status of this visibility.

        Raises:
            Invalid: it names somebody whom it can't.
        """
        return make(
            visibility,
            {
                "can_favourite": self.can_favourite and self.can_favourite.rules(),
                "can_reply": self.can_reply and self.can_reply.rules(),
                "can_reblog": self.can_reblog and self.can_reblog.rules(),
            },
        )


class NewStatus(Said, kw_only=True):
    """Parameters of a new status."""

    visibility: Visibility | None = None
    in_reply_to_id: Id | None = None
    quoted_status_id: Id | None = None
    scheduled_at: str = ""
    local_only: bool | None = None
    interaction_policy: PolicyParams | None = None

    def draft(
        self,
        author: User,
        *,
        application_id: int | None = None,
        idempotency_key: str | None = None,
        posted_by_id: int | None = None,
    ) -> Draft:
        """What is to be published; what isn't said is as `author` has it by default."""
        text, spoiler_text = self.texts()
        visibility = self.visibility or author.default_visibility
        policy = self.interaction_policy
        return Draft(
            text=text,
            spoiler_text=spoiler_text,
            visibility=visibility,
            local_only=self.local_only,
            policy=policy.make(visibility) if policy else decode(author.interaction_policies.get(visibility)),
            sensitive=self.is_sensitive(author.default_sensitive),
            language=language_tag(self.language or "") or author.default_language,
            content_type=self.kind() or "text/plain",
            in_reply_to_id=self.in_reply_to_id,
            quoted_status_id=self.quoted_status_id,
            quote_policy=self.quote_approval_policy or author.default_quote_policy,
            media_ids=tuple(self.media_ids),
            poll=self.poll.draft() if self.poll else None,
            application_id=application_id,
            posted_by_id=posted_by_id,
            idempotency_key=idempotency_key,
        )

    def scheduled_time(self) -> datetime | None:
        """When it is to be published (UTC); None: now.

        Raises:
            Invalid: it is no date and time.
        """
        return parse_time(self.scheduled_at) if self.scheduled_at else None


def parse_time(text: str) -> datetime:
    """The moment that an app wrote (https://docs.joinmastodon.org/api/datetime-format/), in UTC.

    Raises:
        Invalid: it is none.
    """
    try:
        moment = datetime.fromisoformat(text.strip())
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise Invalid("Scheduled at is invalid") from None
