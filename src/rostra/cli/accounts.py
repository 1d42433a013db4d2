"""`rostra account …`: members, from the command line."""

import asyncio
import secrets
import sys

from rostra.accounts.actions import NewAccount, create_account
from rostra.accounts.model import Role
from rostra.cli.errors import StartError
from rostra.cli.parts import with_database
from rostra.core.errors import RostraError
from rostra.core.services import open_services
from rostra.core.settings import Settings


def create(settings: Settings, name: str, email: str, role: Role, password_stdin: bool) -> None:
    """Make an account that can log in at once; prints its handle, and the password that was made up.

    Raises:
        StartError: the name or mail address can't be used.
    """
    password = sys.stdin.readline().rstrip("\n") if password_stdin else secrets.token_urlsafe(15)
    new = NewAccount(username=name, email=email, password=password, role=role, confirmed=True, approved=True)
    with with_database(settings) as ready:
        try:
            asyncio.run(_create(ready, new))
        except RostraError as error:
            raise StartError(f"The account can't be made: {error}") from None
    print(f"@{name}@{settings.local_domain} is there, with the role {role}.")
    if not password_stdin:
        print(f"Its password: {password}")


async def _create(settings: Settings, new: NewAccount) -> None:
    async with open_services(settings, settings.database_url) as services, services.db.connection() as tx:
        await create_account(tx, settings, new)
