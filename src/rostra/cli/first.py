"""The first start: until somebody owns the network, a link that makes the operator's account."""

import psycopg

from rostra.cli.errors import StartError
from rostra.core.secrets import new_token, token_hash
from rostra.core.settings import Settings


def check_domain(settings: Settings) -> None:
    """Whether the members who are here were made under this domain, or under none.

    Raises:
        StartError: they belong to another; their addresses would lead nowhere.
    """
    with psycopg.connect(settings.database_url) as connection:
        row = connection.execute(
            "select uri from accounts where domain is null order by id limit 1"
        ).fetchone()
    scheme, _, rest = (row[0] if row else "").partition("://")
    home = rest.partition("/")[0]
    if scheme == "https" and home != settings.local_domain:
        raise StartError(
            f"The members of this network have their addresses at {home}; {settings.local_domain} would not"
            f" be found by anybody who knows them. Start it with --domain {home}, or another data folder."
        )


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
