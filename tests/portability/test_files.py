"""Files as they really are: whatever wrote them, their rows are read."""

import time

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from rostra.core.errors import Invalid
from rostra.core.settings import Settings, load
from rostra.portability import files
from rostra.portability.model import KINDS, ROWS, File, Kind


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return load({"data": tmp_path_factory.mktemp("data")}, environ={})


def keys(file: File) -> list[str | None]:
    return [row.key for row in file.rows]


@pytest.mark.parametrize(
    "data",
    [
        b"Account address,Show boosts,Notify on new posts,Languages\nbob@far.example,true,false,\nalice,,,\n",
        b"\xef\xbb\xbfAccount address,Show boosts\r\nbob@far.example,true\r\nalice,false\r\n",
        b"Account address\rbob@far.example\ralice\r",
        b"bob@far.example\nalice\n",  # no header, as old exports have none
        b"@bob@far.example\n\n\n@alice\n",
        b"Show boosts,Account address\ntrue,BOB@Far.Example\n,Alice",
        b"Account address;Show boosts\nbob@far.example;true\nalice;false\n",  # a German spreadsheet's
        b'"Account address","Show boosts"\n"bob@far.example","true"\n"alice@localhost:8420","true"\n',
        "Account address\tShow boosts\nbob@far.example\ttrue\nalice\t1".encode("utf-16"),
        b" account address , extra \n bob@far.example ,x\n alice ,y\n",
    ],
)
def test_whoever_wrote_the_file_the_same_people_are_found(settings: Settings, data: bytes) -> None:
    assert keys(files.read(settings, "follows", "x.csv", data)) == ["bob@far.example", "alice"]


def test_columns_are_found_by_their_names(settings: Settings) -> None:
    data = b'Languages,Account address,Notify on new posts\n"de, en",bob,true\n'
    (row,) = files.read(settings, "follows", "x.csv", data).rows
    assert row.cells == ["bob", "", "true", "de, en"]


FAR, HERE = b"https://far.example/a,b;c\n", b"http://localhost:8420"


@pytest.mark.parametrize(
    ("kind", "data", "found"),
    [
        ("domain_blocks", b"#domain\nBad.example\n*.not a domain", ["bad.example", None]),
        ("domain_blocks", b"m\xc3\xbcll.example", ["xn--mll-hoa.example"]),
        ("domain_blocks", b"#domain,#severity\nbad.example,suspend\nlocalhost:8420,x", ["bad.example", None]),
        ("lists", b"Friends,bob@far.example\nFriends,alice\n,carol\n", ["bob@far.example", "alice", None]),
        ("lists", b"List name,Account address\nFriends,bob\nWork,bob\nFriends,bob\n", ["bob", "bob"]),
        ("bookmarks", b"#uri\n" + FAR + b"ftp://far.example/x\n", ["https://far.example/a", None]),
        ("bookmarks", HERE + b"/@bob/123\n" + HERE + b"/ap/users/7/statuses/123\n", ["123"]),
        ("mutes", b"Account address,Hide notifications\nbob,false\nbob@,true", ["bob", None]),
        ("filters", b'{"custom_filters":[{"title":"A"},{"title":" "},3]}', ["A", None, None]),
    ],
)
def test_each_kind_is_read_and_bad_rows_are_kept(
    settings: Settings, kind: Kind, data: bytes, found: list[str | None]
) -> None:
    assert keys(files.read(settings, kind, "x", data)) == found


@pytest.mark.parametrize(
    ("kind", "data", "code"),
    [
        ("follows", b"", "ERR_BLANK"),
        ("follows", b"\xef\xbb\xbf \r\n", "ERR_BLANK"),
        ("follows", b"Account address\n", "ERR_INVALID"),
        ("follows", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "ERR_INVALID"),
        ("follows", b"List name,Languages\nx,de\n", "ERR_INCLUSION"),
        ("lists", b"Account address\nbob\n", "ERR_INCLUSION"),
        ("blocks", b'"' + b"x" * 200_000, "ERR_INVALID"),
        ("filters", b"Account address\nbob\n", "ERR_INVALID"),
        ("filters", b'{"custom_filters":{}}', "ERR_INVALID"),
        ("filters", b"[" * 100_000, "ERR_INVALID"),
        ("follows", b"a\n" + b"b\n" * ROWS, "ERR_TOO_MANY"),
        ("follows", b"a" * (11 * 1024 * 1024), "ERR_TOO_LONG"),
    ],
)
def test_what_is_no_such_file_is_refused(settings: Settings, kind: Kind, data: bytes, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        files.read(settings, kind, "x", data)
    assert refused.value.details is not None
    assert refused.value.details["file"][0][0] == code


@pytest.mark.parametrize(
    ("name", "data", "looks_like"),
    [
        ("x.csv", b"Account address,Hide notifications\nbob,true", "mutes"),
        ("x.csv", b"Account address,Show boosts\nbob,true", "follows"),
        ("blocked_accounts.csv", b"bob", "blocks"),
        ("blocked_domains.csv", b"bob", "domain_blocks"),
        ("C:/stuff/lists.csv", b"bob", "lists"),
        ("x.csv", b"bob", None),
    ],
)
def test_it_is_told_what_a_file_looks_like(
    settings: Settings, name: str, data: bytes, looks_like: Kind | None
) -> None:
    assert files.read(settings, "blocks", name, data).looks_like == looks_like


LIKELY = st.text(alphabet='a@.,;"\n\r\t{}[]:é#', max_size=300).map(str.encode)


@given(st.sampled_from(KINDS), st.binary(max_size=300) | LIKELY)
@hypothesis_settings(max_examples=300)
def test_no_file_makes_it_fail(settings: Settings, kind: Kind, data: bytes) -> None:
    try:
        found = files.read(settings, kind, "x", data)
    except Invalid:
        return
    assert all("\0" not in cell for row in found.rows for cell in row.cells)


def test_the_largest_file_takes_little_time(settings: Settings) -> None:
    data = b"Account address,Show boosts\n" + b"".join(
        b"somebody%d@server%d.example,true\n" % (n, n) for n in range(ROWS)
    )
    began = time.perf_counter()
    assert len(files.read(settings, "follows", "x.csv", data).rows) == ROWS
    assert time.perf_counter() - began < 5
