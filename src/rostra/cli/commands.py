"""The commands and their options. What they do stands in the other files here, imported when called."""

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter

from rostra.core import settings as all_settings
from rostra.core.settings import Settings

app = App(name="rostra", help="Rostra, a social network server.", version_flags=["--version"])
account = App(name="account", help="Members of this network.")
app.command(account)
emojis = App(name="emojis", help="Emojis that only this network has.")
app.command(emojis)


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Options:
    """Settings that are often given on the command line."""

    data: Path | None = None
    """Folder of the database, media, mail and keys."""
    domain: str | None = None
    """The public name, e.g. social.example; brings HTTPS."""
    port: int | None = None
    """Port of the web processes (plain HTTP)."""
    host: str | None = None
    """Address that the web processes listen on."""
    https: Literal["auto", "internal", "off"] | None = None
    """auto: certificates when the domain is public; internal: Caddy's own authority; off."""
    https_port: int | None = None
    """Port of HTTPS."""
    http_port: int | None = None
    """Port of plain HTTP beside HTTPS."""
    web_workers: int | None = None
    """Number of web processes."""
    database_url: str | None = None
    """An external PostgreSQL instead of the embedded one."""
    log_format: Literal["json", "console"] | None = None
    """Shape of log lines."""


More = Annotated[
    str, Parameter(help="Any other setting of docs/operating/settings.md, e.g. --title Harbour.")
]
NO_OPTIONS = Options()


def _load(options: Options, more: dict[str, str]) -> Settings:
    return all_settings.load({**asdict(options), **{name.replace("-", "_"): more[name] for name in more}})


@app.command
def serve(options: Options = NO_OPTIONS, *, demo: bool = False, **more: More) -> None:
    """Run everything on this machine: database, web, jobs and, for a public domain, HTTPS.

    Parameters
    ----------
    demo
        Fill an empty network with believable people.
    """
    from rostra.cli.serve import serve as run

    run(_load(options, more), demo)


@app.command
def web(options: Options = NO_OPTIONS, **more: More) -> None:
    """Run only the web processes, on a database that database_url names."""
    from rostra.cli.parts import web as run

    run(_load(options, more))


@app.command
def worker(options: Options = NO_OPTIONS, **more: More) -> None:
    """Run only a job worker, on a database that database_url names."""
    from rostra.cli.parts import worker as run

    run(_load(options, more))


@app.command
def migrate(options: Options = NO_OPTIONS, **more: More) -> None:
    """Bring the database to this version's shape. `serve` does so by itself."""
    from rostra.cli.parts import migrate as run

    run(_load(options, more))


@app.command
def settings(options: Options = NO_OPTIONS, **more: More) -> None:
    """Print all settings as they are in effect, without their secrets, in the settings file's format."""
    from rostra.cli.show import show

    print(show(_load(options, more)), end="")


@app.command
def announce(text: str, options: Options = NO_OPTIONS, **more: More) -> None:
    """Tell all members something: it stands above their timelines until they close it.

    Parameters
    ----------
    text
        What to announce; links, @names and #hashtags work as in a post.
    """
    from rostra.cli.announcements import announce as run

    run(_load(options, more), text)


@account.command
def create(
    name: str,
    options: Options = NO_OPTIONS,
    *,
    email: str,
    role: Literal["member", "moderator", "admin", "owner"] = "member",
    password_stdin: bool = False,
    **more: More,
) -> None:
    """Make an account, confirmed and approved, and print its password.

    Parameters
    ----------
    name
        The name in its handle.
    email
        Its mail address.
    role
        What it may do.
    password_stdin
        Read the password from standard input instead of making one up.
    """
    from rostra.cli.accounts import create as run

    run(_load(options, more), name, email, role, password_stdin)


@emojis.command(name="import")
def import_emojis(
    file: Path,
    options: Options = NO_OPTIONS,
    *,
    category: str = "",
    overwrite: bool = False,
    unlisted: bool = False,
    **more: More,
) -> None:
    """Add all pictures of an archive, under their files' names.

    Parameters
    ----------
    file
        A ZIP, tar or tar.gz of pictures, such as Mastodon's `tootctl emoji export` makes.
    category
        Under which apps show them.
    overwrite
        Replace those of the same name instead of skipping them.
    unlisted
        Leave them out of apps' pickers.
    """
    from rostra.cli.emojis import import_pack
    from rostra.emojis.actions import Options as EmojiOptions

    how = EmojiOptions(category=category, visible_in_picker=not unlisted, overwrite=overwrite)
    import_pack(_load(options, more), file, how)


@emojis.command(name="list")
def list_emojis(options: Options = NO_OPTIONS, **more: More) -> None:
    """Print all emojis."""
    from rostra.cli.emojis import show

    show(_load(options, more))
