"""The operator's documents are complete: each setting, each command, and files that are what they claim."""

import configparser
import re
from pathlib import Path

import msgspec

from rostra.cli.commands import account, app, emojis
from rostra.cli.show import without_password
from rostra.core.settings import Settings, load

FOLDER = Path(__file__).parents[2] / "docs" / "operating"


def test_every_setting_is_documented_with_its_default() -> None:
    text = (FOLDER / "settings.md").read_text()
    documented = dict(re.findall(r"^\| `(\w+)` \| (.+?) \|", text, re.MULTILINE))
    expected = {
        field.name: "(empty)" if field.default == "" else f"`{str(field.default).removesuffix('()')}`"
        for field in msgspec.structs.fields(Settings)
    }
    booleans = {"`True`": "`true`", "`False`": "`false`"}
    assert documented == {name: booleans.get(value, value) for name, value in expected.items()}


def test_the_example_of_a_settings_file_can_be_used(tmp_path: Path) -> None:
    example = re.search(r"```toml\n(.+?)```", (FOLDER / "settings.md").read_text(), re.DOTALL)
    assert example
    (tmp_path / "rostra.toml").write_text(example[1])
    assert load({"data": tmp_path}, environ={}).title == "Harbour"


def test_every_command_is_documented() -> None:
    text = (FOLDER / "install.md").read_text()
    names = [name for name in app if not name.startswith("-") and name not in ("account", "emojis")]
    commands = [f"rostra {name}" for name in names]
    for group in (account, emojis):
        commands += [f"rostra {group.name[0]} {name}" for name in group if not name.startswith("-")]
    assert len(commands) > 5
    assert [command for command in commands if f"| `{command}" not in text] == []


def test_the_service_sets_only_settings_that_exist(tmp_path: Path) -> None:
    unit = configparser.RawConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(FOLDER / "rostra.service")
    assert unit["Service"]["Type"] == "notify"
    lines = (FOLDER / "rostra.service").read_text().splitlines()
    variables = dict(line.split("=", 2)[1:] for line in lines if line.startswith("Environment="))
    settings = load({"data": tmp_path}, environ=variables)
    assert settings.is_public


def test_the_image_copies_only_what_there_is() -> None:
    root = FOLDER.parents[1]
    copied = re.findall(r"^COPY (.+) \S+$", (FOLDER / "Containerfile").read_text(), re.MULTILINE)
    names = [name for line in copied for name in line.split()]
    assert names
    assert [name for name in names if not (root / name).exists()] == []


def test_passwords_in_urls_are_not_shown() -> None:
    for shown in (
        "postgresql://alice:hunter2@db.example/rostra",
        "postgresql://db.example/rostra?user=alice&password=hunter2",
        "host=db.example password='hunter2 \\' hunter2' dbname=rostra",
        "smtps://alice:hunter2@mail.example:465",
    ):
        assert "hunter2" not in without_password(shown)
        assert "example" in without_password(shown)
