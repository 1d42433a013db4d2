"""The first start: until somebody owns the network, a link that makes the operator's account."""

import psycopg

from rostra.core.secrets import new_token, token_hash
from rostra.core.settings import Settings


def setup_link(settings: Settings) -> str | None:
    """A fresh link to the page that makes the owner's account, once; None if there is an owner.

    It replaces links that were printed before. Only a hash of its token is kept.
    """
    with psycopg.connect(settings.database_url) as connection:
        if connection.execute("select 1 from users where role = 'owner' limit 1").fetchone() is not None:
            return None
        token = new_token()
        connection.execute("delete from setup_tokens")
        connection.execute("insert into setup_tokens (token_hash) values (%s)", (token_hash(token),))
    return settings.url(f"/setup/{token}")
