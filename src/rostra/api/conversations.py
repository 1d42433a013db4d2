"""Conversations (https://docs.joinmastodon.org/methods/conversations/)."""

import msgspec

from rostra.api.auth import user
from rostra.api.entities.conversation import Conversation, conversation_entities
from rostra.api.entities.status import Status
from rostra.api.http import Call, Endpoints, Page
from rostra.api.params import Id, PageParams
from rostra.api.timelines import bounds, page
from rostra.timelines import conversations

api = Endpoints("conversations")


class ConversationId(msgspec.Struct):
    """A conversation in the path."""

    id: Id


@api.get("/api/v1/conversations", auth=user("read:statuses"), returns=list[Conversation])
async def list_conversations(call: Call, params: PageParams) -> Page:
    """See one's conversations, the one that was written in last first."""
    listed = await conversations.read(call.tx, call.account_id, bounds(params))
    items = await conversation_entities(call.tx, call.hydrator, call.account_id, listed)
    cursors = [item.last.cursor for item in listed if item.last is not None]
    return Page(items, cursors[0], cursors[-1]) if cursors else Page(items)


@api.delete("/api/v1/conversations/{id}", auth=user("write:conversations"), returns=dict[str, str])
async def remove_conversation(call: Call, params: ConversationId) -> object:
    """Take a conversation off one's list; nothing that was said is deleted."""
    await conversations.remove(call.tx, call.account_id, params.id)
    return {}


@api.post("/api/v1/conversations/{id}/read", auth=user("write:conversations"), returns=Conversation)
async def mark_read(call: Call, params: ConversationId) -> object:
    """Say that one has read it."""
    return await _mark(call, params.id, unread=False)


@api.post("/api/v1/conversations/{id}/unread", auth=user("write:conversations"), returns=Conversation)
async def mark_unread(call: Call, params: ConversationId) -> object:
    """Say that one wants to read it again."""
    return await _mark(call, params.id, unread=True)


@api.get("/api/v1/timelines/direct", auth=user("read:statuses"), returns=list[Status])
async def direct_timeline(call: Call, params: PageParams) -> Page:
    """Direct statuses that one wrote or got (as in Mastodon before 3.0; conversations replaced it)."""
    return await page(call, await conversations.read_direct(call.tx, call.account_id, bounds(params)))


async def _mark(call: Call, conversation_id: int, *, unread: bool) -> Conversation:
    await conversations.mark(call.tx, call.account_id, conversation_id, unread=unread)
    listed = await conversations.get(call.tx, call.account_id, conversation_id)
    return (await conversation_entities(call.tx, call.hydrator, call.account_id, [listed]))[0]
