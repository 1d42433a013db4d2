"""Reports: the row, its limits and its event. No I/O.

A report is never changed. What staff do about it is appended as events, of which the newest holds.
"""

from datetime import datetime
from typing import Literal

import msgspec

from rostra.core.db import Row
from rostra.core.errors import Invalid
from rostra.core.events import Event
from rostra.core.text import clean

Category = Literal["spam", "legal", "violation", "other"]
Action = Literal["resolve", "reopen"]
COMMENT_LENGTH = 1000
"""Characters."""
STATUSES = 100
"""Statuses that a report can name."""


class Report(Row, frozen=True):
    """A row of `reports`, and what was last done about it. `account_id`: None when the reporter is gone."""

    id: int
    account_id: int | None
    target_id: int
    category: Category
    comment: str
    status_ids: list[int]
    rule_ids: list[int]
    collection_ids: list[int]
    forward: bool
    created_at: datetime
    resolved_at: datetime | None


class NewReport(msgspec.Struct, frozen=True, kw_only=True):
    """What a member reports."""

    target_id: int
    category: Category = "other"
    comment: str = ""
    status_ids: list[int] = []
    rule_ids: list[int] = []
    collection_ids: list[int] = []
    forward: bool = False

    def checked(self) -> "NewReport":
        """The report with clean text, and each id once.

        Raises:
            Invalid: it is too long, or breaks rules that it does not name.
        """
        comment = clean(self.comment)
        if len(comment) > COMMENT_LENGTH:
            raise Invalid(f"Comment is too long (maximum is {COMMENT_LENGTH} characters)")
        if len(self.status_ids) > STATUSES:
            raise Invalid(f"Status ids are too many (maximum is {STATUSES})")
        if self.category == "violation" and not self.rule_ids:
            raise Invalid("Rule ids does not reference valid rules")
        return msgspec.structs.replace(
            self,
            comment=comment,
            category="violation" if self.rule_ids else self.category,
            status_ids=list(dict.fromkeys(self.status_ids)),
            rule_ids=list(dict.fromkeys(self.rule_ids)),
        )


class ReportFiled(Event, frozen=True):
    """A member reported somebody: staff are to hear of it."""

    report_id: int
