"""Blobs: random names, on the disk before anybody hears of them, gone when deleted."""

import os
import re
from pathlib import Path

import pytest

from rostra.core.blobs import Blobs, content_type_of, new_key
from rostra.core.errors import Unavailable
from rostra.core.settings import Settings


def _blobs(folder: Path) -> Blobs:
    return Blobs(Settings(data=folder))


async def test_what_was_put_can_be_read_and_lies_below_the_media_folder(tmp_path: Path) -> None:
    blobs, key = _blobs(tmp_path), new_key("image/webp")

    await blobs.put(key, b"pixels", "image/webp")

    assert await blobs.get(key) == b"pixels"
    assert (tmp_path / "media" / key).read_bytes() == b"pixels"
    assert [path.name for path in (tmp_path / "media").rglob("*") if path.is_file()] == [Path(key).name]


def test_keys_cannot_be_guessed() -> None:
    keys = {new_key("image/png") for _ in range(100)}

    assert len(keys) == 100
    assert all(re.fullmatch(r"[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{36}\.png", key) for key in keys)
    assert content_type_of(keys.pop()) == "image/png"


async def test_a_put_is_on_the_disk_with_its_folders_when_it_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: set[Path] = set()

    def record(descriptor: int) -> None:
        synced.add(Path(f"/proc/self/fd/{descriptor}").readlink())

    monkeypatch.setattr(os, "fsync", record)
    key = new_key("image/jpeg")
    await _blobs(tmp_path).put(key, b"pixels", "image/jpeg")

    file = tmp_path / "media" / key
    assert synced == {file, file.parent, file.parent.parent, tmp_path / "media", tmp_path}


async def test_deleted_blobs_are_gone_and_deleting_them_again_is_fine(tmp_path: Path) -> None:
    blobs, keys = _blobs(tmp_path), [new_key("image/png"), new_key("image/png")]
    for key in keys:
        await blobs.put(key, b"pixels", "image/png")

    await blobs.delete([new_key("image/png"), *keys])
    await blobs.delete(keys)

    assert not [path for path in (tmp_path / "media").rglob("*") if path.is_file()]
    with pytest.raises(KeyError):
        await blobs.get(keys[0])


@pytest.mark.parametrize(
    "key",
    [
        "",
        ".",
        "../rostra.toml",
        "ab/cd/../../../x.png",
        "/etc/passwd",
        "ab/cd/x.png\n",
        "ab//cd/x.png",
        "ab/cd/é.png",
    ],
)
async def test_only_our_own_keys_lead_to_files(tmp_path: Path, key: str) -> None:
    blobs, ours = _blobs(tmp_path), new_key("image/png")

    for wrong in (key, f"../{ours}", f"{ours}{key or '.html'}"):
        assert blobs.path(wrong) is None
        with pytest.raises(ValueError, match="not a blob key"):
            await blobs.get(wrong)
        with pytest.raises(ValueError, match="not a blob key"):
            await blobs.delete([wrong])
        with pytest.raises(ValueError, match="not a blob key"):
            await blobs.put(wrong, b"", "image/png")


async def test_a_key_serves_one_content_type_alone(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="image/jpeg"):
        await _blobs(tmp_path).put(new_key("image/png"), b"", "image/jpeg")
    with pytest.raises(KeyError):
        new_key("text/html")


async def test_a_full_or_broken_disk_is_a_passing_trouble(tmp_path: Path) -> None:
    blobs, key = _blobs(tmp_path), new_key("image/png")
    await blobs.put(new_key("image/png"), b"pixels", "image/png")
    (tmp_path / "media" / key[:2]).unlink(missing_ok=True)
    (tmp_path / "media" / key[:2]).write_bytes(b"a file where a folder should be")

    with pytest.raises(Unavailable, match="try again"):
        await blobs.put(key, b"pixels", "image/png")
