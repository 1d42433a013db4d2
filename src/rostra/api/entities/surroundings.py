"""What a status shows to each viewer differently because of others: its quote, and who may do what to it.

Most statuses quote nothing and are open to all: they have no `Aside`, and cost nothing here.
"""

from collections.abc import Iterable, Mapping

import msgspec

from rostra.api.entities.interaction_policy import policy_entity
from rostra.api.entities.quote import Ref, encode_approval, encode_quote, encode_shallow, ref_of
from rostra.statuses.bodies import Body
from rostra.statuses.model import QuotePolicy
from rostra.statuses.policies import Policy, Stance
from rostra.statuses.quotes import View

_NO_STANCE = Stance()


class Aside(msgspec.Struct, frozen=True, gc=False):
    """What of a status decides how its viewers see the rest, where that isn't ordinary."""

    author_id: int
    quote: Ref | None
    quote_policy: QuotePolicy
    direct: bool
    policy: Policy | None
    addressed: frozenset[int]
    """Whom it names or answers; only where it has a policy."""

    @property
    def quoted_id(self) -> int | None:
        """What it quotes and shows, perhaps."""
        return self.quote.quoted_id if self.quote is not None and self.quote.state == "accepted" else None

    @property
    def is_choosy(self) -> bool:
        """Whether what one may do depends on how one stands to its author."""
        return self.quote_policy == "followers" or self.policy is not None


class WithAside(bytes):
    """An encoded status that has an aside; ordinary ones are plain bytes."""

    aside: Aside

    def __new__(cls, encoded: bytes, aside: Aside) -> "WithAside":
        """`encoded` with its aside."""
        made = super().__new__(cls, encoded)
        made.aside = aside
        return made


def aside_of(body: Body) -> Aside | None:
    """The aside of a status; None where it is ordinary, and for boosts, which show that of the original."""
    row = body.status
    if row.reblog_of_id is not None:
        return None
    quote, policy = ref_of(row), row.policy
    if quote is None and policy is None and row.quote_policy == "public":
        return None
    addressed = {mention.id for mention in body.mentions} | {row.in_reply_to_account_id or 0}
    return Aside(
        row.account_id,
        quote,
        row.quote_policy,
        row.visibility == "direct",
        policy,
        frozenset(addressed) if policy else frozenset(),
    )


def _fields(quote: bytes, approval: bytes) -> bytes:
    return b',"quote":%b,"quote_approval":%b' % (quote, approval)


_TO_MEMBERS = _fields(b"null", encode_approval("public", allowed=True))
_TO_NOBODY = _fields(b"null", encode_approval("public", allowed=False))


def ordinary(viewer_id: int | None) -> bytes:
    """The fields of a status without an aside."""
    return _TO_NOBODY if viewer_id is None else _TO_MEMBERS


class Surroundings(msgspec.Struct, frozen=True):
    """What of a page's quotes a viewer sees, and how they stand to its authors.

    `quoted` has the entities of what is quoted; None: quotes are shallow.
    """

    viewer_id: int | None
    views: Mapping[int, View]
    stances: Mapping[int, Stance]
    quoted: Mapping[int, msgspec.Raw] | None = None

    def fields(self, body: bytes) -> bytes:
        """The fields of a status, each with a comma before it."""
        if not isinstance(body, WithAside):
            return ordinary(self.viewer_id)
        aside, quote = body.aside, b"null"
        if aside.quote is not None:
            quote = (
                encode_shallow(aside.quote, self.views)
                if self.quoted is None
                else encode_quote(aside.quote, self.views, self.quoted)
            )
        fields = self._approval(aside, quote)
        return fields if aside.policy is None else fields + self._policy(aside, aside.policy)

    def fields_of_boost(self, body: bytes) -> bytes:
        """The fields of a boost of such a status: it quotes nothing itself."""
        if not isinstance(body, WithAside):
            return ordinary(self.viewer_id)
        return self._approval(body.aside, b"null")

    def _approval(self, aside: Aside, quote: bytes) -> bytes:
        return _fields(quote, encode_approval(aside.quote_policy, allowed=self._may_quote(aside)))

    def _may_quote(self, aside: Aside) -> bool:
        if self.viewer_id is None or aside.direct:
            return False
        if aside.quote_policy == "public" or aside.author_id == self.viewer_id:
            return True
        return aside.quote_policy == "followers" and self._stance(aside).follows

    def _policy(self, aside: Aside, policy: Policy) -> bytes:
        stance = None
        if self.viewer_id is not None and self.viewer_id != aside.author_id:
            stance = msgspec.structs.replace(self._stance(aside), mentioned=self.viewer_id in aside.addressed)
        entity = policy_entity(policy, stance, is_author=self.viewer_id == aside.author_id)
        return b',"interaction_policy":' + msgspec.json.encode(entity)

    def _stance(self, aside: Aside) -> Stance:
        return self.stances.get(aside.author_id, _NO_STANCE)


def quoted_ids(asides: Iterable[Aside]) -> list[int]:
    """What statuses with these asides quote and show, perhaps."""
    return list({aside.quoted_id for aside in asides if aside.quoted_id is not None})


def choosy_authors(asides: Iterable[Aside]) -> list[int]:
    """Authors to whom it matters how a viewer stands."""
    return list({aside.author_id for aside in asides if aside.is_choosy})
