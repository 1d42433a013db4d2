"""Public, local and hashtag timelines: read straight from the statuses, by index."""

from collections.abc import Sequence
from typing import LiteralString

import msgspec

from rostra.core.db import Tx, fetch_tuples
from rostra.core.text import normalize_hashtag
from rostra.statuses import reading
from rostra.statuses.reading import Bounds, Frame

# The conditions of the index statuses_public: replies to others stay out, threads of one's own don't.
_PUBLIC: LiteralString = """
    select p.id, p.id as cursor from statuses p
    where p.visibility = 'public' and p.reblog_of_id is null
      and (p.in_reply_to_account_id is null or p.in_reply_to_account_id = p.account_id)
"""
_TAGGED: LiteralString = """
    select p.id, p.id as cursor
    from ({tagged}) t
    join statuses p on p.id = t.status_id
    where p.visibility = 'public' and p.reblog_of_id is null
"""
# However rare what is wanted is among them: only so many statuses with a hashtag are looked at for a page.
_ONE_TAG: LiteralString = "select st.status_id from status_tags st where st.tag_id = %(tag)s"
_LOOKED_AT: LiteralString = " limit 10000"
_LINKED: LiteralString = _TAGGED.replace("{tagged}", "{linked}")
_ONE_CARD: LiteralString = "select sc.status_id from status_cards sc where sc.card_id = %(card)s"
_DISCOVERABLE: LiteralString = """
      and exists (select from accounts pd where pd.id = p.account_id and pd.discoverable)
"""
_UNLIMITED: LiteralString = """
      and exists (select from accounts pa where pa.id = p.account_id and pa.limited_at is null)
"""
_WITH_MEDIA: LiteralString = """
      and exists (select from media_attachments pm where pm.status_id = p.id and pm.position is not null)
"""


class Only(msgspec.Struct, frozen=True, kw_only=True):
    """What a public timeline is narrowed to."""

    local: bool = False
    remote: bool = False
    media: bool = False

    def narrow(self, candidates: LiteralString) -> LiteralString:
        """`candidates` (over `statuses p`) with these conditions."""
        if self.local:
            candidates += " and p.local"
        if self.remote:
            candidates += " and not p.local"
        if self.media:
            candidates += _WITH_MEDIA
        return candidates + _UNLIMITED


async def read_public(tx: Tx, viewer_id: int | None, bounds: Bounds, only: Only) -> list[Frame]:
    """A page of what everybody writes for everybody."""
    return await reading.read(tx, viewer_id, only.narrow(_PUBLIC), bounds)


async def read_tagged(
    tx: Tx,
    viewer_id: int | None,
    names: Sequence[str],
    bounds: Bounds,
    only: Only,
    *,
    with_all: Sequence[str] = (),
    with_none: Sequence[str] = (),
) -> list[Frame]:
    """A page of public statuses with any of the hashtags `names`, all of `with_all`, none of `with_none`."""
    found = await _tag_ids(tx, [*names, *with_all, *with_none])
    any_of = [found[name] for name in map(normalize_hashtag, names) if name in found]
    all_of = [found.get(name, -1) for name in map(normalize_hashtag, with_all)]
    none_of = [found[name] for name in map(normalize_hashtag, with_none) if name in found]
    if not any_of:
        return []
    tagged = _ONE_TAG + bounds.window("st.status_id") + _LOOKED_AT
    if len(any_of) > 1:
        tagged = (
            "select distinct x.status_id from unnest(%(tags)s::bigint[]) as tag cross join lateral ("
            + tagged.replace("%(tag)s", "tag")
            + ") x"
        )
    candidates = _TAGGED.replace("{tagged}", tagged)
    if all_of:
        candidates += """
            and (select count(*) from status_tags xa where xa.status_id = p.id and xa.tag_id = any(%(all)s))
                = cardinality(%(all)s)
        """
    if none_of:
        candidates += """
            and not exists (
                select from status_tags xn where xn.status_id = p.id and xn.tag_id = any(%(none)s))
        """
    params = {"tag": any_of[0], "tags": any_of, "all": sorted(set(all_of)), "none": none_of}
    return await reading.read(tx, viewer_id, only.narrow(candidates), bounds, params)


async def read_linked(tx: Tx, viewer_id: int | None, card_id: int, bounds: Bounds) -> list[Frame]:
    """A page of public statuses that show a card, by authors who want to be found."""
    linked = _ONE_CARD + bounds.window("sc.status_id") + _LOOKED_AT
    candidates = Only().narrow(_LINKED.replace("{linked}", linked)) + _DISCOVERABLE
    return await reading.read(tx, viewer_id, candidates, bounds, {"card": card_id})


async def _tag_ids(tx: Tx, names: Sequence[str]) -> dict[str, int]:
    normalized = [normalize_hashtag(name) for name in names]
    rows = await fetch_tuples(
        tx, "select name, id from tags where name = any(%(names)s)", {"names": normalized}
    )
    return dict(rows)
