"""What open streams are told of announcements: the same for everybody, so without what each did."""

import msgspec

from rostra.announcements import queries
from rostra.api.entities.announcement import announcement_entities, streamed_reaction
from rostra.api.entities.custom_emoji import Pictures
from rostra.core.db import Tx
from rostra.core.settings import Settings
from rostra.streaming.news import News


async def announcement_payload(tx: Tx, settings: Settings, pictures: Pictures, news: News) -> str | None:
    """The payload of news of an announcement; None for one that is not to be seen any more."""
    if news.event == "announcement.delete":
        return str(news.id)
    row = await queries.get_active(tx, news.id)
    if row is None:
        return None
    if news.event == "announcement":
        entity = (await announcement_entities(tx, settings, pictures, None, [(row, False)]))[0]
        return msgspec.json.encode(entity).decode()
    rows = {each.name: each for each in await queries.reactions(tx, None, [news.id])}
    reaction = streamed_reaction(settings, news.name, rows.get(news.name), news.id)
    return msgspec.json.encode(reaction).decode()
