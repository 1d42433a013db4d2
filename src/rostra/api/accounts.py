"""Accounts (https://docs.joinmastodon.org/methods/accounts/).

Other parts of that page are in credentials.py and relationships.py.
"""

import msgspec

from rostra.accounts import access, search
from rostra.accounts.model import Account as AccountRow
from rostra.accounts.relations import lists
from rostra.api import account_lists
from rostra.api.auth import public, user
from rostra.api.entities.account import Account
from rostra.api.entities.status import Status
from rostra.api.http import Call, Endpoints, Page
from rostra.api.params import Id, PageParams
from rostra.core.errors import Invalid, NotFound
from rostra.core.text import normalize_hashtag, parse_handle
from rostra.statuses import profile
from rostra.statuses.profile import Only
from rostra.statuses.reading import Bounds

api = Endpoints("accounts")

MAX_IDS = 40


class AccountIds(msgspec.Struct):
    """Accounts in the query."""

    id: list[Id] = []


class Lookup(msgspec.Struct):
    """A handle, such as `alice` or `bob@other.example`."""

    acct: str = ""


class Search(msgspec.Struct, kw_only=True):
    """Parameters of a search for people. `resolve` is for accounts of other servers, unknown so far."""

    q: str = ""
    limit: int = 40
    offset: int = 0
    following: bool = False
    resolve: bool = False


class AccountId(msgspec.Struct):
    """An account in the path."""

    id: Id


class AccountPage(PageParams, kw_only=True):
    """An account in the path, and a part of a list of people."""

    id: Id


class StatusesOf(PageParams, kw_only=True):
    """An account in the path, and which of its statuses are wanted."""

    id: Id
    exclude_replies: bool = False
    exclude_reblogs: bool = False
    only_media: bool = False
    pinned: bool = False
    tagged: str = ""

    def only(self) -> Only:
        """As the list wants it."""
        return Only(
            no_replies=self.exclude_replies,
            no_boosts=self.exclude_reblogs,
            media=self.only_media,
            tag=normalize_hashtag(self.tagged) if self.tagged else None,
        )

    def bounds(self) -> Bounds:
        """The part of the list."""
        return Bounds(limit=self.size(20), max_id=self.max_id, since_id=self.since_id, min_id=self.min_id)


@api.get("/api/v1/accounts", auth=public("read:accounts"), returns=list[Account])
async def get_accounts(call: Call, params: AccountIds) -> object:
    """See some accounts; those that don't exist are left out."""
    if len(params.id) > MAX_IDS:
        raise Invalid(f"Too many ids (maximum is {MAX_IDS})")
    return await call.hydrator.people(call.tx, await access.known_by_ids(call.tx, params.id))


@api.get("/api/v1/accounts/lookup", auth=public("read:accounts"), returns=Account)
async def lookup(call: Call, params: Lookup) -> object:
    """See the account with a handle, without asking other servers."""
    handle = parse_handle(params.acct)
    if handle is None:
        raise NotFound()
    domain = None if handle.domain == call.settings.local_domain.lower() else handle.domain
    account = await access.get_known_by_handle(call.tx, handle.username, domain)
    return await call.hydrator.person(call.tx, account)


@api.get("/api/v1/accounts/search", auth=user("read:accounts"), returns=list[Account])
async def search_accounts(call: Call, params: Search) -> object:
    """Find accounts by name or handle."""
    rows = await search.search(
        call.tx,
        call.settings,
        call.account_id,
        params.q,
        limit=min(params.limit, 80),
        offset=max(params.offset, 0),
        following=params.following,
    )
    return await call.hydrator.people(call.tx, rows)


@api.get("/api/v1/accounts/{id}", auth=public("read:accounts"), returns=Account)
async def get_account(call: Call, params: AccountId) -> object:
    """See an account; of a suspended one little more than that it is."""
    return await call.hydrator.person(call.tx, await access.get_known(call.tx, params.id))


@api.get("/api/v1/accounts/{id}/statuses", auth=public("read:statuses"), returns=list[Status])
async def get_statuses(call: Call, params: StatusesOf) -> Page:
    """See what an account wrote and boosted."""
    account = await access.get_known(call.tx, params.id)
    if account.suspended_at is not None:
        return Page([])
    if params.pinned:
        frames = await profile.pinned(call.tx, call.viewer_id, account.id, Bounds(limit=params.size(20)))
        return Page(await call.hydrator.statuses(call.tx, call.viewer_id, frames))
    frames = await profile.of_account(call.tx, call.viewer_id, account.id, params.only(), params.bounds())
    items = await call.hydrator.statuses(call.tx, call.viewer_id, frames)
    return Page(items, frames[0].cursor, frames[-1].cursor) if frames else Page(items)


@api.get("/api/v1/accounts/{id}/followers", auth=public("read:accounts"), returns=list[Account])
async def get_followers(call: Call, params: AccountPage) -> Page:
    """See who follows an account, unless it hides that."""
    account: AccountRow = await access.get_known(call.tx, params.id)
    rows = await lists.followers(call.tx, call.viewer_id, account, account_lists.bounds(params))
    return await account_lists.page(call, rows)


@api.get("/api/v1/accounts/{id}/following", auth=public("read:accounts"), returns=list[Account])
async def get_following(call: Call, params: AccountPage) -> Page:
    """See whom an account follows, unless it hides that."""
    account = await access.get_known(call.tx, params.id)
    rows = await lists.following(call.tx, call.viewer_id, account, account_lists.bounds(params))
    return await account_lists.page(call, rows)
