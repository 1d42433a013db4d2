"""`rostra settings`: what is in effect."""

import msgspec

from rostra.core.settings import KEYS, SECRET, Settings


def show(settings: Settings) -> str:
    """All settings as TOML, the passwords in URLs replaced by `***`."""
    lines: list[str] = []
    for name, value in msgspec.to_builtins(settings, enc_hook=str).items():
        shown = without_password(value) if name in SECRET else "***" if name in KEYS and value else value
        # A JSON string, number or boolean is a TOML one, too.
        lines.append(f"{name} = {msgspec.json.encode(shown).decode()}\n")
    return "".join(lines)


def without_password(url: str) -> str:
    """`url` with its password masked: in the authority, in a parameter, or in libpq's keyword form."""
    import re

    masked = re.sub(r"(?<=://)([^/?#]*?:)[^/?#]*(?=@)", r"\1***", url)
    return re.sub(r"(\b(?:ssl)?password\s*=\s*)('(?:[^'\\]|\\.)*'|[^\s&]+)", r"\1***", masked)
