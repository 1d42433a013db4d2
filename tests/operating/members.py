"""Members of a Rostra that runs in processes of its own."""

from pathlib import Path

from rostra.accounts import actions
from rostra.accounts.actions import NewAccount
from rostra.accounts.oauth import queries as oauth
from rostra.accounts.relations import actions as relations
from rostra.accounts.relations.model import FollowOptions
from rostra.core import postgres
from rostra.core.db import Database
from rostra.core.secrets import new_token, token_hash
from rostra.core.settings import load


async def people(data: Path, *names: str) -> dict[str, str]:
    """Members who all follow the first of them; their tokens."""
    db = Database(postgres.start(data).url, 1)
    await db.open()
    tokens: dict[str, str] = {}
    ids: list[int] = []
    try:
        async with db.connection() as tx:
            for name in names:
                new = NewAccount(
                    username=name, email=f"{name}@people.example", password="a long password", confirmed=True
                )
                ids.append(await actions.create_account(tx, load({}, environ={}), new))
                tokens[name] = new_token()
                await oauth.insert_token(
                    tx,
                    token_hash=token_hash(tokens[name]),
                    application_id=None,
                    user_id=ids[-1],
                    scopes=["read", "write"],
                )
            for follower in ids[1:]:
                await relations.follow(tx, follower, ids[0], FollowOptions())
    finally:
        await db.close()
    return tokens
