"""`/settings`: what members look after themselves. This is the overview; each part has a file of its own."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from rostra.accounts import aliases, approval, invites
from rostra.accounts.oauth import queries as oauth_queries
from rostra.accounts.sessions import queries
from rostra.accounts.sessions.model import SignedIn
from rostra.accounts.sharing import queries as sharing
from rostra.announcements import queries as announcements
from rostra.emojis import queries as emojis
from rostra.moderation import queries as moderation
from rostra.pages import (
    settings_account,
    settings_aliases,
    settings_announcements,
    settings_apps,
    settings_delete,
    settings_emojis,
    settings_exports,
    settings_imports,
    settings_invites,
    settings_passkeys,
    settings_reports,
    settings_sessions,
    settings_shared,
    settings_sign_ups,
    settings_site,
    settings_trends,
    settings_two_factor,
)
from rostra.pages.auth_forms import form_page
from rostra.pages.auth_session import see_other, signed_in
from rostra.pages.render import services_of
from rostra.trends import queries as trends

DONE = ("setup", "password")
"""What `?done=` may report."""


@signed_in
async def show_settings(request: Request, member: SignedIn) -> Response:
    """All parts, each with its state."""
    services = services_of(request)
    async with services.db.connection() as tx:
        factors = await queries.second_factors(tx, member.account_id)
        sessions = await queries.sessions(tx, member.account_id)
        apps = await oauth_queries.authorized_apps(tx, member.account_id)
        open_invites = await invites.of_member(tx, member.account_id)
        shared = await sharing.of_member(tx, member.account_id)
        alias_count = len(await aliases.of_member(tx, member.account_id))
        waiting_count = await approval.count_pending(tx) if member.is_staff else 0
        reports_count = await moderation.count_open(tx, member.account_id) if member.is_staff else 0
        announced = await announcements.for_staff(tx) if member.is_staff else []
        emojis_count = await emojis.count(tx) if member.is_staff else 0
        trends_count = await trends.count_waiting(tx) if member.is_staff else 0
    return form_page(
        request,
        "settings/overview.html",
        me=member,
        handle=f"@{member.username}@{services.settings.local_domain}",
        factors=factors,
        sessions_count=len(sessions),
        apps_count=len(apps),
        invites_count=len(open_invites),
        aliases_count=alias_count,
        shared_count=sum(one.accepted_at is not None for one in shared),
        invited_count=sum(one.accepted_at is None for one in shared),
        waiting_count=waiting_count,
        reports_count=reports_count,
        emojis_count=emojis_count,
        trends_count=trends_count,
        announced_count=sum(each.published_at is not None for each in announced),
        done=request.query_params.get("done") if request.query_params.get("done") in DONE else None,
    )


async def edit(request: Request) -> Response:
    """Where apps look for the account's settings (`/auth/edit` in Mastodon)."""
    return see_other("/settings")


routes: list[BaseRoute] = [
    Route("/settings", show_settings, methods=["GET"]),
    Route("/auth/edit", edit, methods=["GET"]),
    *settings_account.routes,
    *settings_announcements.routes,
    *settings_aliases.routes,
    *settings_apps.routes,
    *settings_delete.routes,
    *settings_exports.routes,
    *settings_imports.routes,
    *settings_emojis.routes,
    *settings_invites.routes,
    *settings_passkeys.routes,
    *settings_reports.routes,
    *settings_sessions.routes,
    *settings_shared.routes,
    *settings_sign_ups.routes,
    *settings_site.routes,
    *settings_trends.routes,
    *settings_two_factor.routes,
]
