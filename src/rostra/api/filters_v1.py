"""Filters as old apps know them: one keyword each (https://docs.joinmastodon.org/methods/filters/#v1).

As in Mastodon they are the keywords of today's filters, and their ids are the keywords'.
"""

import msgspec

from rostra.accounts.filters import actions, queries
from rostra.accounts.filters.model import Change, Context, KeywordChange
from rostra.api.auth import user
from rostra.api.entities.filter import V1Filter, v1_entity
from rostra.api.filters import ExpiresIn, FilterId, changing, duration
from rostra.api.http import Call, Endpoints
from rostra.api.params import Id, NoParams
from rostra.core.errors import Invalid
from rostra.core.text import clean

api = Endpoints("filters")


class OldFilter(msgspec.Struct, kw_only=True):
    """What a filter is to be."""

    phrase: str = ""
    context: list[Context] = []
    irreversible: bool = False
    whole_word: bool = False
    expires_in: ExpiresIn = msgspec.UNSET

    def keyword(self) -> KeywordChange:
        """Its keyword.

        Raises:
            Invalid: there is none.
        """
        if not self.phrase.strip():
            raise Invalid("Phrase can't be blank")
        return KeywordChange(keyword=clean(self.phrase), whole_word=self.whole_word)

    def change(self) -> Change:
        """The filter around its keyword."""
        return Change(
            title=clean(self.phrase).strip()[:256],
            contexts=list(dict.fromkeys(self.context)),
            action="hide" if self.irreversible else "warn",
            expires_in=duration(self.expires_in),
        )


class OldFilterUpdate(OldFilter, kw_only=True):
    """A filter in the path, and what it is to be."""

    id: Id


@api.get("/api/v1/filters", auth=user("read:filters"), returns=list[V1Filter])
async def get_filters(call: Call, params: NoParams) -> list[V1Filter]:
    """See one's filters, each keyword as one."""
    found = await queries.of_account(call.tx, call.account_id)
    return [v1_entity(keyword, rules.filter) for rules in found for keyword in rules.keywords]


@api.post("/api/v1/filters", auth=user("write:filters"), returns=V1Filter)
async def create_filter(call: Call, params: OldFilter) -> V1Filter:
    """Make a filter of one keyword."""
    change = msgspec.structs.replace(params.change(), keywords=[params.keyword()])
    async with changing(call):
        made = await actions.create(call.tx, call.services.bus, call.account_id, change)
    return v1_entity(made.keywords[0], made.filter)


@api.get("/api/v1/filters/{id}", auth=user("read:filters"), returns=V1Filter)
async def get_filter(call: Call, params: FilterId) -> V1Filter:
    """See one keyword as a filter."""
    keyword = await actions.get_keyword(call.tx, call.account_id, params.id)
    return v1_entity(keyword, (await actions.get(call.tx, call.account_id, keyword.filter_id)).filter)


@api.put("/api/v1/filters/{id}", auth=user("write:filters"), returns=V1Filter)
async def update_filter(call: Call, params: OldFilterUpdate) -> V1Filter:
    """Change a keyword, and its filter if that has no other."""
    async with changing(call):
        keyword, of = await actions.update_keyword(
            call.tx, call.services.bus, call.account_id, params.id, params.keyword(), params.change()
        )
    return v1_entity(keyword, of)


@api.delete("/api/v1/filters/{id}", auth=user("write:filters"), returns=dict[str, str])
async def delete_filter(call: Call, params: FilterId) -> dict[str, str]:
    """Delete a keyword, and its filter if that names nothing else."""
    async with changing(call):
        await actions.delete_keyword(call.tx, call.services.bus, call.account_id, params.id, with_filter=True)
    return {}
