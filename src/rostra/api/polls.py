"""Polls (https://docs.joinmastodon.org/methods/polls/)."""

from typing import Annotated

import msgspec

from rostra.api.auth import public, user
from rostra.api.entities.poll import Poll
from rostra.api.http import Call, Endpoints
from rostra.api.params import Id
from rostra.statuses import polls
from rostra.statuses.model import POLL_OPTIONS

api = Endpoints("polls")


class PollId(msgspec.Struct):
    """A poll in the path."""

    id: Id


class Vote(PollId):
    """A poll in the path, and the indexes of the options voted for."""

    choices: Annotated[list[int], msgspec.Meta(max_length=POLL_OPTIONS)] = []


@api.get("/api/v1/polls/{id}", auth=public("read:statuses"), returns=Poll)
async def get_poll(call: Call, params: PollId) -> object:
    """See a poll."""
    return call.hydrator.poll(await polls.get_visible(call.tx, call.viewer_id, params.id), call.viewer_id)


@api.post("/api/v1/polls/{id}/votes", auth=user("write:statuses"), returns=Poll)
async def vote(call: Call, params: Vote) -> object:
    """Vote on a poll."""
    poll = await polls.vote(call.tx, call.account_id, params.id, params.choices)
    return call.hydrator.poll(poll, call.viewer_id)
