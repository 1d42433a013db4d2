"""All endpoints of the Mastodon door."""

from typing import Any

from rostra.api import (
    accounts,
    apps,
    blocks,
    bookmarks,
    credentials,
    custom_emojis,
    directory,
    domain_blocks,
    emails,
    endorsements,
    favourites,
    featured_tags,
    filters,
    filters_v1,
    follow_requests,
    grouped_notifications,
    instance,
    lists,
    markers,
    media,
    mutes,
    nodeinfo,
    notification_policy,
    notifications,
    oauth,
    openapi,
    polls,
    preferences,
    privacy_policy,
    profile,
    push,
    relationships,
    search,
    sign_up,
    status_actions,
    statuses,
    tags,
    suggestions,
    timelines,
)
from rostra.api.auth import public
from rostra.api.http import Call, Endpoint, Endpoints
from rostra.api.params import NoParams

docs = Endpoints("docs")


@docs.get("/api/openapi.json", auth=public(), returns=dict[str, Any], db=False)
async def openapi_document(call: Call, params: NoParams) -> object:
    """This document (OpenAPI 3.1)."""
    return openapi.document(call.settings, ENDPOINTS)


ENDPOINTS: tuple[Endpoint, ...] = (
    *accounts.api.declared,
    *apps.api.declared,
    *blocks.api.declared,
    *bookmarks.api.declared,
    *credentials.api.declared,
    *custom_emojis.api.declared,
    *directory.api.declared,
    *docs.declared,
    *domain_blocks.api.declared,
    *emails.api.declared,
    *endorsements.api.declared,
    *favourites.api.declared,
    *featured_tags.api.declared,
    *filters.api.declared,
    *filters_v1.api.declared,
    *follow_requests.api.declared,
    *grouped_notifications.api.declared,
    *instance.api.declared,
    *lists.api.declared,
    *markers.api.declared,
    *media.api.declared,
    *mutes.api.declared,
    *nodeinfo.api.declared,
    *notification_policy.api.declared,
    *notifications.api.declared,
    *oauth.api.declared,
    *polls.api.declared,
    *preferences.api.declared,
    *privacy_policy.api.declared,
    *profile.api.declared,
    *push.api.declared,
    *relationships.api.declared,
    *search.api.declared,
    *sign_up.api.declared,
    *status_actions.api.declared,
    *statuses.api.declared,
    *tags.api.declared,
    *suggestions.api.declared,
    *timelines.api.declared,
)
