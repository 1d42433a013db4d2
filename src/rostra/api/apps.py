"""Apps (https://docs.joinmastodon.org/methods/apps/)."""

import msgspec

from rostra.accounts.oauth import actions, queries
from rostra.accounts.oauth.actions import NewApplication
from rostra.api.auth import app, public
from rostra.api.entities.application import (
    Application,
    CredentialApplication,
    application_entity,
    credential_application_entity,
)
from rostra.api.http import Call, Endpoints
from rostra.api.params import NoParams
from rostra.core.errors import Unauthorized
from rostra.push import keys

api = Endpoints("apps")


class NewApp(msgspec.Struct):
    """Parameters of a new app."""

    client_name: str = ""
    redirect_uris: list[str] = []
    """One per item or, as Mastodon has it, per line."""
    scopes: list[str] = []
    """Separated by blanks."""
    website: str | None = None


@api.post("/api/v1/apps", auth=public(), returns=CredentialApplication, limit="apps")
async def create_app(call: Call, params: NewApp) -> object:
    """Register an app."""
    new = NewApplication(
        name=params.client_name,
        redirect_uris=[uri for item in params.redirect_uris for uri in item.split()],
        scopes=list(dict.fromkeys(" ".join(params.scopes).split())) or ["read"],
        website=params.website,
    )
    application, secret = await actions.register_app(call.tx, new)
    call.headers["Cache-Control"] = "no-store"
    return credential_application_entity(application, await keys.get(call.tx), secret)


@api.get("/api/v1/apps/verify_credentials", auth=app(), returns=Application)
async def verify_app_credentials(call: Call, params: NoParams) -> object:
    """See the app that the token belongs to."""
    application_id = call.viewer.application_id if call.viewer else None
    application = await queries.application(call.tx, application_id) if application_id else None
    if application is None:
        raise Unauthorized
    return application_entity(application, await keys.get(call.tx))
