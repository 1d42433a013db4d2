"""The network's own settings, changed while it runs: an extension (docs/api-extensions.md)."""

from typing import Literal

import msgspec
from msgspec import UNSET, UnsetType

from rostra.about import site
from rostra.about.site import Change, Name, Values
from rostra.accounts import queries
from rostra.accounts.model import Account as AccountRow
from rostra.api.entities.account import Account
from rostra.api.entities.instance import LANGUAGES
from rostra.api.http import Call, Endpoints
from rostra.api.params import NoParams
from rostra.api.staff import ADMIN_READ, ADMIN_WRITE
from rostra.core.clock import timestamp
from rostra.core.settings import Settings

api = Endpoints("admin/site")

HERE = "/api/rostra/v1/admin/site"


class Changeable(msgspec.Struct, kw_only=True):
    """What can be changed. `contact_account` is a username, null before there is an operator."""

    title: str
    description: str
    contact_email: str
    contact_account: str | None
    registration: Literal["open", "approval", "invitation", "closed"]
    registration_message: str


class SiteSettings(Changeable, kw_only=True):
    """What is in effect, and what would be without changes."""

    domain: str
    confirm_email: bool
    trends: bool
    trends_review: bool
    languages: list[str]
    changed: list[Name]
    """Names of those that are in effect because they were changed here."""
    in_file: Changeable
    """What the settings file says, or the environment, or the command line (docs/operating/settings.md)."""
    max_lengths: dict[Name, int]


class NewSettings(msgspec.Struct, kw_only=True):
    """Settings to change. Null: as the settings file says again. What is not named stays."""

    title: str | UnsetType | None = UNSET
    description: str | UnsetType | None = UNSET
    contact_email: str | UnsetType | None = UNSET
    contact_account: str | UnsetType | None = UNSET
    registration: str | UnsetType | None = UNSET
    registration_message: str | UnsetType | None = UNSET

    def wishes(self) -> Values:
        """Those that are named."""
        given: dict[Name, str | UnsetType | None] = {name: getattr(self, name) for name in site.NAMES}
        return {name: value for name, value in given.items() if value is not UNSET}


class BeforeAfter(msgspec.Struct):
    """A setting before and after. Null: as the settings file said."""

    before: str | None
    after: str | None


class SettingsChange(msgspec.Struct, kw_only=True):
    """Who changed what. `account` is null if they are gone."""

    id: str
    account: Account | msgspec.Raw | None
    changes: dict[Name, BeforeAfter]
    created_at: str


@api.get(HERE, auth=ADMIN_READ, returns=SiteSettings)
async def get_site(call: Call, params: NoParams) -> SiteSettings:
    """See how the network is set up, and what of it was changed while it runs."""
    changed = await site.changed(call.tx)
    settings, given = call.settings, call.services.site.given
    owner, person = await queries.owner(call.tx), await site.contact(call.tx)
    in_effect = _changeable(settings, person)
    return SiteSettings(
        **msgspec.structs.asdict(in_effect),
        domain=settings.local_domain,
        confirm_email=settings.confirm_email,
        trends=settings.trends,
        trends_review=settings.trends_review,
        languages=list(LANGUAGES),
        changed=list(changed),
        in_file=_changeable(given, owner),
        max_lengths=site.LENGTHS,
    )


@api.patch(HERE, auth=ADMIN_WRITE, returns=SiteSettings)
async def change_site(call: Call, params: NewSettings) -> SiteSettings:
    """Change settings of the network, at once, or let the settings file decide again (null)."""
    await site.change(call.tx, call.services.bus, call.settings, call.account_id, params.wishes())
    await call.services.site.refresh(call.tx)  # the other processes hear of it
    return await get_site(call, NoParams())


@api.get(HERE + "/changes", auth=ADMIN_READ, returns=list[SettingsChange])
async def get_changes(call: Call, params: NoParams) -> list[SettingsChange]:
    """See who changed which settings, the last change first."""
    found = await site.changes(call.tx)
    ids = sorted({each.account_id for each in found if each.account_id is not None})
    accounts = {row.id: call.hydrator.account(row) for row in await queries.by_ids(call.tx, ids)}
    return [_change(each, accounts) for each in found]


def _change(row: Change, accounts: dict[int, msgspec.Raw]) -> SettingsChange:
    return SettingsChange(
        id=str(row.id),
        account=accounts.get(row.account_id) if row.account_id is not None else None,
        changes={name: BeforeAfter(*values) for name, values in row.changes.items()},
        created_at=timestamp(row.created_at),
    )


def _changeable(settings: Settings, person: AccountRow | None) -> Changeable:
    return Changeable(
        title=settings.title,
        description=settings.description,
        contact_email=settings.contact_email,
        contact_account=person.username if person else None,
        registration=settings.registration,
        registration_message=settings.registration_message,
    )
