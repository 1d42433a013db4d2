"""Archives of emojis: by the command line, and hostile ones."""

import asyncio
import gzip
import io
import struct
import tarfile
import time
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import pytest

from rostra.cli import emojis as command
from rostra.cli.errors import StartError
from rostra.core.errors import Invalid
from rostra.emojis import model, packs
from rostra.emojis.actions import Imported, Options, import_pack
from rostra.emojis.cache import TOPIC
from tests.emojis.support import add, moving, packed, picture
from tests.network import Network

PATH = "/api/v1/custom_emojis"


def tar_of(files: dict[str, bytes], mode: Any = "w:gz") -> io.BytesIO:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return buffer


async def imported(network: Network, file: Any, **options: Any) -> Imported:
    """The result, when this process knows of it."""
    with network.services.bus.subscribe(TOPIC) as news:
        result = await import_pack(network.services, file, Options(**options))
        if result.added or result.replaced:
            await news.get()
    return result


async def test_plain_picture_files_become_emojis_under_their_names(network: Network) -> None:
    files = {
        "pack/gull.png": picture(),
        "pack/deep/Wave-1.gif": moving("GIF"),
        "pack/._gull.png": b"shadow",
        "__MACOSX/x.png": b"shadow",
        "pack/readme.txt": b"hello",
        "pack/ü.png": picture(),
        "pack/broken.png": picture()[:60],
        "pack/empty.png": b"",
        "pack/GULL.png": picture(),
    }
    result = await imported(network, packed(files), category="Harbour")
    assert result.added == ["gull", "Wave_1"]
    assert result.skipped == ["GULL"]
    failed = sorted((each.shortcode, each.why) for each in result.failed)
    assert failed == [("broken", "damaged"), ("empty", "empty")]
    found = await network.anonymous.get(PATH)
    assert [(each["shortcode"], each["category"]) for each in found] == [
        ("Wave_1", "Harbour"),
        ("gull", "Harbour"),
    ]


async def test_what_is_there_is_skipped_or_replaced(network: Network) -> None:
    before = await add(network, "gull", category="Birds")
    file = packed({"gull.png": picture((1, 2, 3, 255)), "pier.png": picture()})
    assert (await imported(network, file)).skipped == ["gull"]
    result = await imported(network, file, overwrite=True)
    assert (result.added, result.replaced) == ([], ["gull", "pier"])
    (gull, _) = await network.anonymous.get(PATH)
    assert gull["category"] == "Birds"
    assert before.blob_key not in gull["url"]
    await network.settle()
    assert (await network.http.get(f"/media/{before.blob_key}")).status_code == 404


async def test_a_pack_with_an_index_names_its_emojis(network: Network) -> None:
    index = msgspec.json.encode({"pack": {}, "files": {"sea_gull": "g1.png", "wave": "../../w.png"}})
    file = packed({"pack.json": index, "g1.png": picture(), "other.png": picture()})
    assert (await imported(network, file)).added == ["sea_gull", "other"]


@pytest.mark.parametrize("mode", ["w:gz", "w"])
async def test_a_mastodon_export_is_read(network: Network, mode: str) -> None:
    file = tar_of({"./gull.png": picture(), "wave.gif": moving("GIF")}, mode)
    assert (await imported(network, file)).added == ["gull", "wave"]


async def test_more_than_a_batch_is_added(network: Network) -> None:
    files = {f"gull{number}.png": picture((number, 9, 9, 255), (8, 8)) for number in range(45)}
    assert len((await imported(network, packed(files))).added) == 45


async def test_what_there_was_no_time_for_is_added_by_the_next_try(network: Network) -> None:
    file = packed({"gull.png": picture()})
    assert (await import_pack(network.services, file, Options(), seconds=-1)).left
    result = await import_pack(network.services, file, Options(), seconds=60)
    assert (result.added, result.left) == (["gull"], False)


async def test_one_picture_that_ends_its_process_spoils_no_other(
    network: Network, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rostra.media import processing

    real = processing._run_child

    def fragile(upload: Any, purpose: str, decoder: Any) -> Any:
        if b"DEADLY" in upload:
            raise processing.UnusableFile(processing.Refusal("effort"))
        return real(upload, purpose, decoder)

    monkeypatch.setattr(processing, "_run_child", fragile)
    files = {"gull.png": picture(), "bad.png": picture() + b"DEADLY", "pier.png": picture()}
    result = await imported(network, packed(files))
    assert result.added == ["gull", "pier"]
    assert [(each.shortcode, each.why) for each in result.failed] == [("bad", "effort")]


def bomb() -> io.BytesIO:
    """A picture of 256 MB, in 256 KB."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("aa.png", "w") as file:
        for _ in range(256):
            file.write(bytes(1024 * 1024))
    return buffer


async def test_a_picture_that_unpacks_to_very_much_is_too_large(network: Network) -> None:
    result = await imported(network, bomb())
    assert [(each.shortcode, each.why) for each in result.failed] == [("aa", "large")]


def encrypted() -> io.BytesIO:
    data = bytearray(packed({"a.png": picture()}).getvalue())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return io.BytesIO(bytes(data))


def with_method(method: int) -> io.BytesIO:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        archive.writestr("a.png", picture())
    return buffer


def large_tar() -> io.BytesIO:
    info = tarfile.TarInfo("x.bin")
    info.size = packs.TAR_BYTES
    return io.BytesIO(gzip.compress(info.tobuf() + bytes(packs.TAR_BYTES), 1))


@pytest.mark.parametrize(
    "make",
    [
        lambda: io.BytesIO(b""),
        lambda: io.BytesIO(b"PK\x03\x04 no zip"),
        lambda: io.BytesIO(b"no archive at all" * 100),
        lambda: io.BytesIO(packed({"a.png": picture()}).getvalue()[:-30]),
        lambda: io.BytesIO(b"\x1f\x8b damaged"),
        encrypted,
        lambda: with_method(zipfile.ZIP_LZMA),
        lambda: with_method(zipfile.ZIP_BZIP2),
        lambda: packed({f"{number}.txt": b"" for number in range(packs.ENTRIES + 1)}),
        large_tar,
    ],
)  # fmt: skip
async def test_what_is_no_archive_or_too_much_is_refused(network: Network, make: Any) -> None:
    with pytest.raises(Invalid):
        await import_pack(network.services, make(), Options())
    assert await network.anonymous.get(PATH) == []


async def test_links_and_paths_in_archives_lead_nowhere(network: Network, tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(picture())
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        link = tarfile.TarInfo("link.png")
        link.type, link.linkname = tarfile.SYMTYPE, str(secret)
        archive.addfile(link)
    assert (await imported(network, buffer)).added == []
    zipped = io.BytesIO()
    with zipfile.ZipFile(zipped, "w") as archive:
        info = zipfile.ZipInfo("link.png")
        info.external_attr = 0o120777 << 16
        archive.writestr(info, str(secret))
        archive.writestr("../../../etc/evil.png", picture())
    assert (await imported(network, zipped)).added == ["evil"]


async def test_a_network_has_only_so_many(network: Network, monkeypatch: pytest.MonkeyPatch) -> None:
    from rostra.emojis import actions

    monkeypatch.setattr(actions, "MOST", 2)
    await imported(network, packed({"a1.png": picture(), "a2.png": picture()}))
    with pytest.raises(Invalid, match="at most 2"):
        await import_pack(network.services, packed({"a3.png": picture()}), Options())
    with pytest.raises(Invalid, match="at most 2"):
        await add(network, "a4")
    folder = network.services.blobs.folder
    assert len([path for path in folder.rglob("*") if path.is_file()]) == 2
    assert model.MOST >= 1000


async def test_the_operator_imports_and_lists_from_the_command_line(
    network: Network, database: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = msgspec.structs.replace(network.settings, database_url=database)
    path = tmp_path / "pack.zip"
    path.write_bytes(packed({"gull.png": picture(), "bad.png": b"x"}).getvalue())
    options = Options(category="Birds", visible_in_picker=False)
    await asyncio.to_thread(command.import_pack, settings, path, options)
    told = capsys.readouterr().out
    assert "added 1, replaced 0, skipped 0" in told
    assert "bad can't be used: File content type is invalid" in told
    await asyncio.to_thread(command.show, settings)
    assert ":gull:\tBirds\tnot in the picker\n" in capsys.readouterr().out
    path.write_bytes(b"no archive")
    with pytest.raises(StartError, match="no ZIP or tar archive"):
        await asyncio.to_thread(command.import_pack, settings, path, options)


def test_an_archive_that_is_all_list_is_refused_before_the_list_is_read() -> None:
    entry = struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", 20, 0, 20, 0, *[0] * 7, 1, *[0] * 6) + b"a"
    number = 300_000
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 0, 0, number * len(entry), 4, 0)
    archive = io.BytesIO(b"PK\3\4" + entry * number + end)
    began = time.perf_counter()
    with pytest.raises(Invalid, match="more than 5000 entries"):
        list(packs.entries(archive, 1_000))
    assert time.perf_counter() - began < 1
