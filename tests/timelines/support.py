"""What tests of timelines share."""

from rostra.accounts import deletion
from tests.network import Person


async def delete_account(person: Person) -> None:
    """Delete an account, with all that it had."""
    services = person.network.services
    async with services.db.transaction() as tx:
        await deletion.begin(tx, services.bus, person.account_id)
    await person.network.settle()
