"""Settings: wrong ones are found at the start, named, and told with what they should be."""

import os
import tempfile
from pathlib import Path

import pytest

from rostra.cli.show import show
from rostra.core.settings import SettingsError, load


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "0"),
        ("port", "70000"),
        ("port", "-5"),
        ("port", "many"),
        ("https_port", "65536"),
        ("http_port", "0"),
        ("web_workers", "0"),
        ("database_connections", "0"),
        ("status_characters", "-1"),
        ("media_bytes", "0"),
        ("registration", "perhaps"),
        ("confirm_email", "perhaps"),
        ("domain", "https://social.example"),
        ("domain", "social.example/path"),
        ("domain", "social example"),
        ("domain", "-social.example"),
        ("domain", "social..example"),
        ("domain", "münchen.example"),
        ("domain", "social.example:99999"),
        ("domain", f"{'a.' * 130}example"),
        ("smtp_url", "mail.example"),
        ("smtp_url", "http://mail.example"),
        ("smtp_url", "smtp://"),
        ("smtp_url", "smtp://mail.example:many"),
        ("database_url", "mysql://db.example/rostra"),
        ("metrics_networks", "10.0.0.0/8 banana"),
        ("metrics_networks", "10.0.0.5/8"),
        ("contact_email", "operator at social.example"),
        ("mail_from", "Harbour <nobody>"),
    ],
)
def test_a_value_that_can_not_work_is_named(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        load({"data": tmp_path}, environ={f"ROSTRA_{name.upper()}": value})
    assert f"The setting {name} " in str(caught.value)
    assert "docs/operating/settings.md" in str(caught.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("domain", "social.example"),
        ("domain", "xn--mnchen-3ya.example"),
        ("domain", "localhost:8420"),
        ("domain", "[::1]:8420"),
        ("domain", "rostra.test:20443"),
        ("smtp_url", "smtp://harbour:p%40ss@mail.example:587"),
        ("smtp_url", "smtps://mail.example"),
        ("database_url", "postgresql:///rostra?host=/run/postgresql"),
        ("database_url", "host=db.example dbname=rostra"),
        ("metrics_networks", "10.0.0.0/8 fd00::/8"),
        ("contact_email", "operator@social.example"),
        ("mail_from", "The Harbour <no-reply@social.example>"),
    ],
)
def test_a_value_that_works_is_taken_as_it_is(tmp_path: Path, name: str, value: str) -> None:
    assert getattr(load({"data": tmp_path, name: value}, environ={}), name) == value


def test_the_domain_is_the_same_however_it_is_written(tmp_path: Path) -> None:
    assert load({"data": tmp_path, "domain": "Social.Example"}, environ={}).domain == "social.example"


@pytest.mark.parametrize(
    ("name", "value"),
    [("smtp_url", "smtp://harbour:hunter2/2@mail.example"), ("database_url", "mysql://u:hunter2@db/rostra")],
)
def test_a_message_never_repeats_a_password(tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name) as caught:
        load({"data": tmp_path, name: value}, environ={})
    assert "hunter2" not in str(caught.value)


def test_keys_are_never_shown(tmp_path: Path) -> None:
    shown = show(load({"data": tmp_path, "deepl_key": "hunter2"}, environ={}))
    assert 'deepl_key = "***"' in shown
    assert 'libretranslate_key = ""' in shown


def test_a_setting_that_does_not_exist_is_named_wherever_it_stands(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="There is no setting colour"):
        load({"data": tmp_path}, environ={"ROSTRA_COLOUR": "red"})
    (tmp_path / "rostra.toml").write_text('colour = "red"\n')
    with pytest.raises(SettingsError, match="There is no setting colour"):
        load({"data": tmp_path}, environ={})


def test_a_data_folder_in_the_settings_file_is_refused_rather_than_ignored(tmp_path: Path) -> None:
    (tmp_path / "rostra.toml").write_text('data = "/srv/rostra"\n')
    with pytest.raises(SettingsError, match="ROSTRA_DATA"):
        load({"data": tmp_path}, environ={})


def test_a_settings_file_that_is_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"absent\.toml"):
        load({"data": tmp_path}, environ={"ROSTRA_CONFIG": str(tmp_path / "absent.toml")})


@pytest.mark.skipif(os.geteuid() != 0, reason="needs another user")
def test_a_data_folder_of_another_user_is_told_with_what_to_do() -> None:
    nobody = 65534
    with tempfile.TemporaryDirectory() as folder:  # pytest's own are closed to other users
        Path(folder).chmod(0o700)
        os.seteuid(nobody)
        try:
            with pytest.raises(SettingsError, match=r"permission denied.*as the user"):
                load({"data": folder}, environ={})
        finally:
            os.seteuid(0)
