"""What the text of a setting must look like, where its type alone doesn't say so.

A wrong value is found at the start and named, rather than when the first mail can't be sent.
"""

import ipaddress
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

_LABEL = r"[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?"
_MAIL_ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+")


def domain(value: str) -> str:
    """What `value` must be to be the network's name; empty if it can be."""
    name, colon, port = value.rpartition(":") if re.search(r":[0-9]+$", value) else (value, "", "")
    fits = name == "[::1]" or (len(name) <= 253 and re.fullmatch(rf"{_LABEL}(\.{_LABEL})*", name))
    if fits and (not colon or 1 <= int(port) <= 65535):
        return ""
    return "a name such as social.example, without https:// and path; names beyond ASCII are written xn--…"


def smtp_url(value: str) -> str:
    """What `value` must be to name a mail server; empty if it does."""
    wanted = "smtp://user:password@host:587 or smtps://user:password@host:465, special characters as %…"
    try:
        url = urlsplit(value)
        fits = url.scheme in ("smtp", "smtps") and url.hostname and url.port != 0
    except ValueError:  # a port that is none, often because of a / or # in the password
        return wanted
    return "" if fits and url.path in ("", "/") and not url.query and not url.fragment else wanted


def web_url(value: str) -> str:
    """What `value` must be to be a server's address; empty if it is."""
    try:
        url = urlsplit(value)
        is_server = url.scheme in ("http", "https") and url.hostname and url.port != 0 and not url.username
        fits = is_server and not url.query and not url.fragment
    except ValueError:
        fits = False
    return "" if fits else "an address such as https://translate.example"


def database_url(value: str) -> str:
    """What `value` must be to name a database; empty if it may."""
    # libpq also takes `host=… dbname=…`; it checks the rest itself.
    fits = value.startswith(("postgresql://", "postgres://")) or "=" in value
    return "" if fits else "a libpq URL such as postgresql://user:password@host/name"


def networks(value: str) -> str:
    """What `value` must be to be a list of networks; empty if it is."""
    try:
        for network in value.split():
            ipaddress.ip_network(network)
    except ValueError as error:
        return f"networks such as 10.0.0.0/8 fd00::/8 with blanks between them ({error})"
    return ""


def mail_address(value: str) -> str:
    """What `value` must be to be a mail address; empty if it is."""
    return "" if _MAIL_ADDRESS.fullmatch(value) else "a mail address such as operator@social.example"


def mail_from(value: str) -> str:
    """What `value` must be to be the sender of mails: an address, with a name or without."""
    bare = re.fullmatch(r"[^<>\r\n]*<([^<>]+)>", value)
    return mail_address(bare[1] if bare else value)


def color(value: str) -> str:
    """What `value` must be to be a colour; empty if it is. It comes to stand in a style sheet."""
    return "" if re.fullmatch(r"#[0-9A-Fa-f]{6}", value) else "a colour such as #c55c43"


def web_app(value: str) -> str:
    """What `value` must be to name a web app: a folder that has one, or `off`."""
    fits = value == "off" or (Path(value) / "index.html").is_file()
    return "" if fits else "off, or a folder that has the index.html of a built web app"


CHECKS: dict[str, Callable[[str], str]] = {
    "domain": domain,
    "smtp_url": smtp_url,
    "database_url": database_url,
    "accent_color": color,
    "web_app": web_app,
    "libretranslate_url": web_url,
    "metrics_networks": networks,
    "contact_email": mail_address,
    "mail_from": mail_from,
}
"""Setting -> check, for those that are not empty."""
