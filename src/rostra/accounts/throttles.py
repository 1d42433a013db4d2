"""Counts attempts across all processes, in the database: at passwords, codes, sign-up and mails.

An attempt is counted before it is looked at, so that many at once don't slip through. The window slides:
each limit is kept as the counts of 15 stretches of time. `rate_limits = false` turns this off, too.
"""

import hashlib
import ipaddress
from typing import LiteralString

import msgspec

from rostra.core.db import Tx, execute, fetch_tuples
from rostra.core.errors import TooMany
from rostra.core.settings import Settings

BUCKETS = 15

# Those who come at once wait for one another at the row of the present stretch; the others don't change.
_HIT: LiteralString = """
    with hit as (
        insert into throttles as t (key, window_start)
        values (%(key)s, to_timestamp(floor(extract(epoch from now()) / %(bucket)s) * %(bucket)s))
        on conflict (key, window_start) do update set hits = t.hits + 1
        returning t.key, t.window_start, t.hits
    )
    select hit.window_start,
           hit.hits + coalesce(sum(earlier.hits), 0)::int,
           extract(epoch from now() - least(hit.window_start, min(earlier.window_start)))
    from hit left join throttles earlier
        on earlier.key = hit.key and earlier.window_start < hit.window_start
        and earlier.window_start > now() - make_interval(secs => %(seconds)s)
    group by hit.window_start, hit.hits
"""
_TAKE_BACK: LiteralString = """
    update throttles set hits = hits - 1 where key = %(key)s and window_start = %(bucket)s
"""


class Throttle(msgspec.Struct, frozen=True):
    """At most `limit` attempts within `seconds`."""

    name: str
    limit: int
    seconds: int


SIGN_IN_BY_ADDRESS = Throttle("sign-in-address", 30, 900)
SIGN_IN_BY_LOGIN_AND_ADDRESS = Throttle("sign-in", 10, 900)
"""By the name as it was entered: by account it would tell which address belongs to which name."""
SIGN_IN_BY_ACCOUNT = Throttle("sign-in-account", 100, 3600)
"""High: whoever knows a name could otherwise keep its member out."""
SECOND_FACTOR = Throttle("second-factor", 5, 900)
SECOND_FACTOR_BY_DAY = Throttle("second-factor-day", 30, 86400)
"""A guess at a TOTP code hits with 3 in a million (three codes are valid at a time)."""
CHALLENGE_BY_ADDRESS = Throttle("challenge-address", 60, 900)
SIGN_UP_BY_ADDRESS = Throttle("sign-up", 5, 1800)
"""As in Mastodon."""
SIGN_UP_TRY_BY_ADDRESS = Throttle("sign-up-try", 30, 1800)
"""Also of tries with mistakes: their answers tell which addresses are taken."""
MAIL_BY_ADDRESS = Throttle("mail-address", 10, 3600)
MAIL_BY_RECIPIENT = Throttle("mail-recipient", 5, 3600)
PASSWORD_BY_ACCOUNT = Throttle("password", 10, 900)
"""Passwords asked for again within a session."""
TEST_MAIL = Throttle("test-mail", 10, 3600)
INVITATION_BY_MEMBER = Throttle("invitation", 20, 3600)
"""To look after an account: each is a mail to somebody who didn't ask for it."""
INVITATION_BY_RECIPIENT = Throttle("invitation-recipient", 5, 3600)


async def hit(tx: Tx, settings: Settings, throttle: Throttle, who: object) -> None:
    """Count an attempt of `who` (an id, a client's address, a mail address; only its hash is kept).

    `tx` must not be in a transaction: what fails is to be counted all the more. What is refused here
    is not counted, so that nobody is locked out for longer by others who go on trying.

    Raises:
        TooMany: it was one too many.
    """
    if not settings.rate_limits:
        return
    params = {"key": _key(throttle, who), "seconds": throttle.seconds, "bucket": throttle.seconds // BUCKETS}
    rows = await fetch_tuples(tx, _HIT, params)
    bucket, hits, oldest_age = rows[0]
    if hits > throttle.limit:
        await execute(tx, _TAKE_BACK, {"key": params["key"], "bucket": bucket})
        raise TooMany("Too many attempts", retry_after=max(1, throttle.seconds - int(oldest_age) + 1))


async def clear(tx: Tx, throttle: Throttle, who: object) -> None:
    """Forget the attempts of `who`: the last one was right."""
    await execute(tx, "delete from throttles where key = %(key)s", {"key": _key(throttle, who)})


async def delete_old(tx: Tx) -> int:
    """Forget what happened long ago."""
    return await execute(tx, "delete from throttles where window_start < now() - interval '2 days'")


def network_of(address: str) -> str:
    """What one household or machine holds: the IPv4 address, or the IPv6 network of 64 bits."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address[:64]
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return str(ip.ipv4_mapped)
        return str(ipaddress.ip_network((ip, 64), strict=False))
    return str(ip)


def _key(throttle: Throttle, who: object) -> str:
    return f"{throttle.name}:{hashlib.sha256(str(who).lower().encode('utf-8', 'replace')).hexdigest()[:32]}"
