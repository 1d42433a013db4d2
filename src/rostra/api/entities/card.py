"""PreviewCard (https://docs.joinmastodon.org/entities/PreviewCard/).

A card is part of the body of its status, which is kept encoded. Its author's account is not, since that
changes by itself: where it goes stands a mark, and `credit` puts it there.
"""

import re
from collections.abc import Awaitable, Callable, Mapping

import msgspec

from rostra.api.entities.account import Account
from rostra.api.entities.cache import Passing
from rostra.api.entities.surroundings import WithAside
from rostra.core.clock import timestamp
from rostra.core.settings import Settings
from rostra.statuses.cards.model import StatusCard

_SIGN = b"\x00"
"""Never stands in JSON, where it is written as an escape."""
_MARK = re.compile(rb"\x00(\d+)\x00")


class PreviewCardAuthor(msgspec.Struct):
    """An author of a page, with their account if they have one that agrees to be named."""

    name: str
    url: str
    account: Account | msgspec.Raw | None


class PreviewCard(msgspec.Struct, kw_only=True):
    """What the first link of a status leads to."""

    url: str
    title: str
    description: str
    language: str | None
    type: str
    authors: list[PreviewCardAuthor]
    author_name: str
    author_url: str
    provider_name: str
    provider_url: str
    html: str
    width: int
    height: int
    image: str | None
    image_description: str
    embed_url: str
    blurhash: str | None
    published_at: str | None


def card_entity(settings: Settings, card: StatusCard) -> PreviewCard:
    """`card` as apps see it, with a mark for its author's account."""
    mark = None
    if card.author_account_id is not None:
        mark = msgspec.Raw(_SIGN + str(card.author_account_id).encode() + _SIGN)
    named = mark is not None or card.author_name or card.author_url
    return PreviewCard(
        url=card.url,
        title=card.title,
        description=card.description,
        language=card.language,
        type=card.kind,
        authors=[PreviewCardAuthor(card.author_name, card.author_url, mark)] if named else [],
        author_name=card.author_name,
        author_url=card.author_url,
        provider_name=card.provider_name,
        provider_url=card.provider_url,
        html=card.html,
        width=card.width,
        height=card.height,
        image=settings.url(f"/media/{card.image_key}") if card.image_key else None,
        image_description=card.image_description,
        embed_url=card.embed_url,
        blurhash=card.blurhash,
        published_at=timestamp(card.published_at) if card.published_at else None,
    )


async def credit(
    bodies: dict[int, bytes], accounts_by_id: Callable[[list[int]], Awaitable[Mapping[int, bytes]]]
) -> dict[int, bytes]:
    """`bodies` with the accounts in place of their marks; None stands for those that are gone."""
    marked = {key: body for key, body in bodies.items() if _SIGN in body}
    if not marked:
        return bodies
    ids = {int(mark[1]) for body in marked.values() for mark in _MARK.finditer(body)}
    accounts = await accounts_by_id(sorted(ids))
    for key, body in marked.items():
        credited = _MARK.sub(lambda mark: accounts.get(int(mark[1]), b"null"), body)
        bodies[key] = WithAside(credited, body.aside) if isinstance(body, WithAside) else Passing(credited)
    return bodies
