"""How a text would look once it is published: an extension, described in docs/api-extensions.md."""

import msgspec

from rostra.api.auth import user
from rostra.api.entities.status import Mention, Tag
from rostra.api.http import Call, Endpoints
from rostra.api.status_params import Written
from rostra.core.errors import Invalid
from rostra.core.text import clean, length, tag_path
from rostra.statuses import content, drafts

api = Endpoints("statuses")


class Preview(msgspec.Struct):
    """A text as it would be shown, and what it brings with it."""

    content: str
    """HTML."""
    mentions: list[Mention]
    tags: list[Tag]
    characters: int
    """As the limit counts them."""


@api.post("/api/rostra/v1/statuses/preview", auth=user("write:statuses"), returns=Preview, limit="drafts")
async def preview(call: Call, params: Written) -> object:
    """See what a text looks like; nothing is published, and nobody is told."""
    settings, text = call.settings, clean(params.status)
    kind = params.kind() or "text/plain"
    if (characters := length(text)) > drafts.longest(settings):
        raise Invalid(f"Text is too long (maximum is {drafts.longest(settings)} characters)")
    mentions = await content.find_mentioned(call.tx, settings, text, kind)
    named = {each.id: content.target(settings, each) for each in mentions.values()}
    return Preview(
        content=content.to_html(settings, text, mentions, kind),
        mentions=[Mention(str(id), who.username, who.url, who.acct) for id, who in named.items()],
        tags=[Tag(name, settings.url(tag_path(name))) for name in content.find_tags(text, kind)],
        characters=characters,
    )
