"""Who may do what to a member's new statuses: GoToSocial's extension (docs/api-extensions.md)."""

import msgspec

from rostra.accounts import queries
from rostra.accounts.model import User
from rostra.api.auth import user
from rostra.api.entities.interaction_policy import InteractionPolicy, policy_entity
from rostra.api.http import Call, Endpoints
from rostra.api.params import NoParams
from rostra.api.status_params import PolicyParams
from rostra.api.statuses import author_of
from rostra.statuses.policies import decode, default

api = Endpoints("interaction_policies")


class DefaultPolicies(msgspec.Struct, kw_only=True):
    """The policies of new statuses by their visibility."""

    public: InteractionPolicy
    unlisted: InteractionPolicy
    private: InteractionPolicy
    direct: InteractionPolicy


class NewPolicies(msgspec.Struct, kw_only=True):
    """The policies of new statuses by their visibility; what isn't given is as at first again."""

    public: PolicyParams | None = None
    unlisted: PolicyParams | None = None
    private: PolicyParams | None = None
    direct: PolicyParams | None = None

    def encode(self) -> str:
        """As the database has them.

        Raises:
            Invalid: one names somebody whom it can't.
        """
        given = {name: getattr(self, name) for name in self.__struct_fields__}
        made = {name: params.make(name) for name, params in given.items() if params is not None}
        return msgspec.json.encode(made).decode()


@api.get("/api/v1/interaction_policies/defaults", auth=user("read:accounts"), returns=DefaultPolicies)
async def get_defaults(call: Call, params: NoParams) -> DefaultPolicies:
    """See who may do what to one's new statuses."""
    return _entity(await author_of(call))


@api.patch(
    "/api/v1/interaction_policies/defaults",
    auth=user("write:accounts").by("manager"),
    returns=DefaultPolicies,
)
async def set_defaults(call: Call, params: NewPolicies) -> DefaultPolicies:
    """Decide who may do what to one's new statuses."""
    await queries.update_interaction_policies(call.tx, call.account_id, params.encode())
    return _entity(await author_of(call))


def _entity(author: User) -> DefaultPolicies:
    kept = author.interaction_policies
    return DefaultPolicies(
        **{
            name: policy_entity(decode(kept.get(name)) or default(name))
            for name in DefaultPolicies.__struct_fields__
        }
    )
