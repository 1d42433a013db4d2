"""Those who look after a network, with tokens for it."""

import pytest

from rostra.accounts.model import Role
from tests.network import ALL_SCOPES, Network, Person

ADMIN_SCOPES = (*ALL_SCOPES, "admin:read", "admin:write")


async def with_role(network: Network, name: str, role: Role) -> Person:
    """Somebody with a role and a token for all that it lets them do."""
    return await network.person(name, role, ADMIN_SCOPES)


@pytest.fixture
async def owner(network: Network) -> Person:
    """Whoever runs the network."""
    return await with_role(network, "olga", "owner")


@pytest.fixture
async def moderator(network: Network) -> Person:
    """Somebody who looks after it."""
    return await with_role(network, "mo", "moderator")
