"""Apps and tokens (entities Application, CredentialApplication and Token of the Mastodon API)."""

import msgspec

from rostra.accounts.oauth.model import Application as ApplicationRow
from rostra.accounts.oauth.model import IssuedToken
from rostra.push.keys import Keys


class Application(msgspec.Struct, kw_only=True):
    """An app."""

    id: str
    name: str
    website: str | None
    scopes: list[str]
    redirect_uris: list[str]
    redirect_uri: str
    vapid_key: str
    """Deprecated by Mastodon: it stands in the instance document."""


class CredentialApplication(Application, kw_only=True):
    """An app that was registered just now: its secret is shown this once."""

    client_id: str
    client_secret: str
    client_secret_expires_at: int = 0


class Token(msgspec.Struct, kw_only=True):
    """A token that was handed out just now."""

    access_token: str
    token_type: str = "Bearer"  # noqa: S105 (RFC 6750)
    scope: str
    created_at: int


def application_entity(row: ApplicationRow, keys: Keys) -> Application:
    """`row` without its credentials."""
    return Application(
        id=str(row.id),
        name=row.name,
        website=row.website,
        scopes=row.scopes,
        redirect_uris=row.redirect_uris,
        redirect_uri="\n".join(row.redirect_uris),
        vapid_key=keys.public_text,
    )


def credential_application_entity(row: ApplicationRow, keys: Keys, secret: str) -> CredentialApplication:
    """`row` with its credentials."""
    return CredentialApplication(
        **msgspec.structs.asdict(application_entity(row, keys)), client_id=row.client_id, client_secret=secret
    )


def token_entity(token: IssuedToken) -> Token:
    """`token` as clients get it."""
    return Token(
        access_token=token.token,
        scope=" ".join(token.scopes),
        created_at=int(token.created_at.timestamp()),
    )
