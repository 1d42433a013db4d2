"""By which ways a status comes to a reader: the rules of home feeds and lists, as SQL texts.

The rules are Mastodon's (`FeedManager`). What a reader may see at all is asked when the feed is read
(access.py), and so are blocks and mutes of authors, so that unmuting brings everything back; only
what merely names somebody whom they don't want to see is kept out here.
"""

from typing import LiteralString

UNBOTHERED: LiteralString = """
    not exists (
        select from status_mentions nm
        where nm.status_id = coalesce(s.reblog_of_id, s.id) and nm.account_id <> {reader} and not nm.silent
          and (exists (select from blocks nb where nb.account_id = {reader} and nb.target_id = nm.account_id)
               or exists (select from mutes nn where nn.account_id = {reader} and nn.target_id = nm.account_id
                            and (nn.expires_at is null or nn.expires_at > now()))))
"""
"""Statuses `s` that name nobody whom `{reader}` (a column) blocks or mutes."""

THROUGH_FOLLOW: LiteralString = """
    (s.reblog_of_id is null or f.show_reblogs)
    and (f.languages is null or s.language is null or s.language = any(f.languages))
    and (s.visibility <> 'direct' or exists (
        select from status_mentions m
        where m.status_id = s.id and m.account_id = f.account_id and not m.silent))
    and (s.in_reply_to_account_id is null
         or s.in_reply_to_account_id in (s.account_id, f.account_id)
         or exists (select from follows p
                    where p.account_id = f.account_id and p.target_id = s.in_reply_to_account_id))
    and not exists (select from list_members lm join lists l on l.id = lm.list_id
                    where lm.account_id = f.target_id and lm.owner_id = f.account_id and l.exclusive)
""" + ("and " + UNBOTHERED.replace("{reader}", "f.account_id"))
"""Statuses `s` that come home through the follow `f` of their author.

A reply when its reader follows both sides or is answered, a boost when they want the author's boosts, a
direct status when it names them; nothing by whom the reader keeps in an exclusive list.
"""

THROUGH_TAG: LiteralString = """
    s.visibility = 'public' and s.reblog_of_id is null and s.account_id <> tf.account_id
    and exists (select from accounts ta where ta.id = s.account_id
                and ta.limited_at is null and ta.suspended_at is null)
    and not exists (select from blocks tb
                    where (tb.account_id = s.account_id and tb.target_id = tf.account_id)
                       or (tb.account_id = tf.account_id and tb.target_id = s.account_id))
""" + ("and " + UNBOTHERED.replace("{reader}", "tf.account_id"))
"""Statuses `s` with a hashtag that come home through the follow `tf` of that hashtag.

Public ones, whether or not they answer somebody, and whoever wrote them.
"""

INTO_LIST: LiteralString = """
    s.visibility <> 'direct'
    and (s.visibility <> 'private' or f.id is not null or lm.owner_id = s.account_id)
    and (s.reblog_of_id is null or coalesce(f.show_reblogs, true))
    and (f.languages is null or s.language is null or s.language = any(f.languages))
""" + ("and " + UNBOTHERED.replace("{reader}", "lm.owner_id"))
"""Statuses `s` that come into a list through its member `lm`; `f` is its owner's follow of them, or null."""
