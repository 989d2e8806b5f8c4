"""Reading files from disk: what is refused, and that nothing waits, leaks out or fills the memory."""

import io
import os
import socket
from pathlib import Path

import pytest

from clustergap.findings import Finding, Rule
from clustergap.loading import files
from clustergap.loading.discovery import find_files
from clustergap.loading.files import (
    FILE_LIMITS,
    MIB,
    FileLimits,
    Refusal,
    decode,
    read_bytes,
    refuse_characters,
)
from clustergap.loading.loader import check_dataset

GOOD = """\
schema: 1
title: Good
levels: [{id: eu, name: EU}]
roles: [{id: social-economy, name: Social economy}]
instruments: []
"""

as_a_user = pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a folder that holds a good dataset."""
    dataset = tmp_path / "data"
    dataset.mkdir()
    (dataset / "instruments.yaml").write_text(GOOD, encoding="utf-8")
    return dataset


def _check(path: Path, size: int = FILE_LIMITS.size) -> list[Finding]:
    return list(check_dataset(find_files(path), FileLimits(size=size)).findings)


def _told(path: Path, size: int = FILE_LIMITS.size) -> list[tuple[str, str, int, int]]:
    return [
        (f.rule.code, Path(f.location.path).name, f.location.line, f.location.column)
        for f in _check(path, size)
    ]


def _refusal(path: Path, most: int = MIB) -> tuple[Rule, str]:
    with pytest.raises(Refusal) as raised:
        read_bytes(path, path.parent.resolve(), most)
    return raised.value.rule, raised.value.message


# CG001, a file that cannot be read, or is none


def test_a_pipe_is_refused_and_not_waited_for(folder: Path) -> None:
    main = folder / "instruments.yaml"
    main.unlink()
    os.mkfifo(main)

    assert _told(folder) == _told(main) == [("CG001", "instruments.yaml", 1, 1)]


def test_a_pipe_among_the_fragments_does_not_hide_the_rest(folder: Path) -> None:
    (folder / "instruments").mkdir()
    os.mkfifo(folder / "instruments" / "ro.yaml")
    (folder / "instruments" / "se.yaml").write_text("- a\n", encoding="utf-8")

    assert _told(folder) == [("CG001", "ro.yaml", 1, 1), ("CG103", "se.yaml", 1, 1)]


def test_a_folder_in_the_place_of_a_file_is_refused(folder: Path) -> None:
    (folder / "swot.yaml").mkdir()
    (folder / "instruments" / "ro.yaml").mkdir(parents=True)

    assert _told(folder) == [("CG001", "ro.yaml", 1, 1), ("CG001", "swot.yaml", 1, 1)]


def test_a_socket_is_refused(folder: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(folder / "swot.yaml"))

        assert _told(folder) == [("CG001", "swot.yaml", 1, 1)]


@pytest.mark.parametrize("device", ["/dev/null", "/dev/zero"])
def test_a_link_to_a_device_is_refused(folder: Path, device: str) -> None:
    main = folder / "instruments.yaml"
    main.unlink()
    main.symlink_to(device)

    assert _told(folder) == [("CG001", "instruments.yaml", 1, 1)]


def test_a_link_out_of_the_folder_is_refused_and_nothing_of_its_target_is_shown(
    folder: Path,
) -> None:
    secret = folder.parent / "secret.yaml"
    secret.write_text("password: hunter2\n", encoding="utf-8")
    (folder / "swot.yaml").symlink_to(secret)
    (folder / "instruments").mkdir()
    (folder / "instruments" / "ro.yaml").symlink_to(Path("..", "..", "secret.yaml"))

    findings = _check(folder)

    assert [finding.rule.code for finding in findings] == ["CG001", "CG001"]
    assert "hunter2" not in repr(findings)
    assert all("leads out" in finding.message for finding in findings)


def test_a_linked_folder_of_fragments_that_lies_elsewhere_is_refused(folder: Path) -> None:
    elsewhere = folder.parent / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "ro.yaml").write_text("password: hunter2\n", encoding="utf-8")
    (folder / "instruments").symlink_to(elsewhere)

    findings = _check(folder)

    assert [finding.rule.code for finding in findings] == ["CG001"]
    assert "hunter2" not in repr(findings)


def test_a_folder_whose_name_begins_like_the_datasets_is_outside(folder: Path) -> None:
    neighbour = folder.with_name("data-2")
    neighbour.mkdir()
    (neighbour / "swot.yaml").write_text("schema: 1\n", encoding="utf-8")
    (folder / "swot.yaml").symlink_to(neighbour / "swot.yaml")

    assert _told(folder) == [("CG001", "swot.yaml", 1, 1)]


def test_a_link_within_the_folder_is_read(folder: Path) -> None:
    (folder / "instruments").mkdir()
    (folder / "ours.yaml").write_text("instruments: [{id: act}]\n", encoding="utf-8")
    (folder / "instruments" / "ro.yaml").symlink_to(Path("..", "ours.yaml"))

    assert _told(folder) == [("CG101", "ro.yaml", 1, 15)]


def test_a_dataset_in_a_linked_folder_is_read(folder: Path) -> None:
    link = folder.with_name("link")
    link.symlink_to(folder)

    assert _told(link) == _told(link / "instruments.yaml") == []


@pytest.mark.parametrize("name", ["swot.yaml", "instruments/ro.yaml"])
def test_a_link_to_nothing_is_refused(folder: Path, name: str) -> None:
    (folder / "instruments").mkdir()
    (folder / name).symlink_to("nothing.yaml")

    assert _told(folder) == [("CG001", Path(name).name, 1, 1)]


@pytest.mark.parametrize("name", ["instruments.yaml", "swot.yaml", "instruments/ro.yaml"])
def test_a_loop_of_links_is_refused(folder: Path, name: str) -> None:
    (folder / "instruments").mkdir()
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(Path(name).name)

    (finding,) = _check(folder)

    assert finding.rule.code == "CG001"
    assert finding.location.path == (folder / name).as_posix()


@as_a_user
def test_a_file_that_may_not_be_read_is_refused(folder: Path) -> None:
    (folder / "swot.yaml").write_text("schema: 1\n", encoding="utf-8")
    (folder / "swot.yaml").chmod(0)

    assert _told(folder) == [("CG001", "swot.yaml", 1, 1)]


def test_a_refusal_says_why_and_shows_no_source_line(folder: Path) -> None:
    (folder / "swot.yaml").mkdir()

    (finding,) = _check(folder)

    assert "no regular file" in finding.message
    assert finding.excerpt is None


def test_a_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    rule, message = _refusal(tmp_path / "gone.yaml")

    assert rule.code == "CG001"
    assert "No such file" in message


def test_a_refused_file_is_closed(folder: Path) -> None:
    os.mkfifo(folder / "pipe")
    before = len(os.listdir("/dev/fd"))  # noqa: PTH208 - a count

    for name in ["pipe", "."] * 20:
        with pytest.raises(Refusal):
            read_bytes(folder / name, folder, MIB)

    assert len(os.listdir("/dev/fd")) == before  # noqa: PTH208 - a count


# CG002, a file that is not UTF-8


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        (b"a: b\nc: caf\xe9\n", 2, 7),
        (b"a: \xc3\xa9\xf0\x9f\x98\x80 \xff\n", 1, 7),
        (b"# \x80\n", 1, 3),
        (b"a: \xc0\xaf\n", 1, 4),  # overlong
        (b"a: \xed\xa0\x80\n", 1, 4),  # half of a pair
        (b"a: \xf4\x90\x80\x80\n", 1, 4),  # beyond Unicode
        (b"a: b \xe2\x82", 1, 6),  # cut in the middle of a character
        (b"\xef\xbb\xbfa\xff", 1, 2),  # a byte-order mark takes no column
        (b"\xef\xbb", 1, 1),
        (b"\r\n\r\n\xff", 3, 1),
    ],
)
def test_a_byte_that_is_not_utf_8_is_told_where_it_stands(
    tmp_path: Path, data: bytes, line: int, column: int
) -> None:
    (tmp_path / "instruments.yaml").write_bytes(data)

    assert _told(tmp_path) == [("CG002", "instruments.yaml", line, column)]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_another_unicode_is_not_read(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "instruments.yaml").write_bytes(GOOD.encode(encoding))

    codes = {code for code, *_ in _told(tmp_path)}

    # Without a byte-order mark it is UTF-8, but full of nulls.
    assert codes == {"CG002" if encoding in ("utf-16", "utf-32") else "CG006"}


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_utf_16_is_called_by_its_name(mark: bytes) -> None:
    _, refusal = decode(mark + b"a\x00")

    assert refusal is not None
    assert "UTF-16" in refusal.message
    assert refusal.offset == 0


def test_a_byte_order_mark_is_no_part_of_the_text(folder: Path) -> None:
    main = folder / "instruments.yaml"
    main.write_bytes(b"\xef\xbb\xbf" + GOOD.replace("schema: 1", "schema: 2").encode())

    assert decode(b"\xef\xbb\xbfa") == ("a", None)
    assert decode(b"\xef\xbb\xbfa\xff")[0] == "a\ufffd"
    assert _told(folder) == [("CG105", "instruments.yaml", 1, 9)]


def test_a_second_byte_order_mark_is_a_forbidden_character(folder: Path) -> None:
    main = folder / "instruments.yaml"
    main.write_bytes(b"\xef\xbb\xbf" * 2 + GOOD.encode())

    assert _told(folder) == [("CG006", "instruments.yaml", 1, 1)]


# CG006, forbidden characters in the raw text


def test_each_run_of_forbidden_characters_is_one_refusal() -> None:
    refusals = refuse_characters("a\x01\x02b\n# \u202e\r\n")

    assert [(refusal.rule.code, refusal.offset) for refusal in refusals] == [
        ("CG006", 1),
        ("CG006", 7),
    ]
    assert "U+0001" in refusals[0].message
    assert "RIGHT-TO-LEFT OVERRIDE" in refusals[1].message


def test_a_comment_may_hold_no_forbidden_character_either(folder: Path) -> None:
    main = folder / "instruments.yaml"
    main.write_text(f"{GOOD}# a\u200bb, \x1b[31m\n# \x1b\n", encoding="utf-8")

    assert _told(folder) == [
        ("CG006", "instruments.yaml", 6, 4),  # the first of its line
        ("CG006", "instruments.yaml", 7, 3),
    ]


def test_old_line_ends_are_refused(folder: Path) -> None:
    main = folder / "instruments.yaml"
    main.write_bytes(GOOD.replace("\n", "\r").encode())

    assert {code for code, *_ in _told(folder)} == {"CG006"}


def test_so_many_forbidden_characters_are_told_and_no_more() -> None:
    assert len(refuse_characters("\x01\n" * 3, 3)) == 3
    refusals = refuse_characters("\x01\n" * 5, 3)

    assert [(one.rule.code, one.offset) for one in refusals] == [
        ("CG006", 0),
        ("CG006", 2),
        ("CG006", 4),
        ("CG007", 6),
    ]


# CG007, a file that is too large


def test_a_file_of_just_the_largest_size_is_read(folder: Path) -> None:
    main = folder / "instruments.yaml"
    main.write_text(GOOD + "#" * (1_000 - len(GOOD)), encoding="utf-8")

    assert _told(folder, 1_000) == []
    assert len(read_bytes(main, folder, 1_000)) == 1_000


def test_a_file_of_one_byte_more_is_refused(folder: Path) -> None:
    main = folder / "instruments.yaml"
    main.write_text(GOOD + "#" * (1_001 - len(GOOD)), encoding="utf-8")

    (finding,) = _check(folder, 1_000)

    assert finding.rule.code == "CG007"
    assert "1,000 bytes" in finding.message
    assert "CLUSTERGAP_MAX_MIB" in finding.hint


def test_the_size_is_each_files_own(folder: Path) -> None:
    (folder / "instruments").mkdir()
    for name in ("ro", "se"):
        (folder / "instruments" / f"{name}.yaml").write_text(
            "instruments: []\n" + "#" * 900, encoding="utf-8"
        )

    assert _told(folder, 1_000) == []


def test_of_a_file_that_is_too_large_no_more_is_asked_for_than_shows_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    class Watched(io.FileIO):
        def read(self, size: int | None = -1, /) -> bytes:
            asked.append(-1 if size is None else size)
            return super().read(size)

    def watched(descriptor: int, _mode: str) -> Watched:
        return Watched(descriptor)

    monkeypatch.setattr(files, "open", watched, raising=False)

    with pytest.raises(Refusal, match="larger than 100 bytes"):
        read_bytes(folder / "instruments.yaml", folder, 100)

    assert asked == [101]


# The words, in full


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"a: \xff\n", ("CG002", "the byte 0xFF is not UTF-8", "save the file as UTF-8")),
        (b"a: caf\xe9", ("CG002", "the byte 0xE9 is not UTF-8", "save the file as UTF-8")),
        (b"\xff\xfea\0", ("CG002", "the file is UTF-16, not UTF-8", "save it as UTF-8")),
        (b"\xfe\xff\0a", ("CG002", "the file is UTF-16, not UTF-8", "save it as UTF-8")),
        (
            b"a: \xe2\x80\xae\x01",
            (
                "CG006",
                "the character U+202E RIGHT-TO-LEFT OVERRIDE may not stand in a data file",
                "delete it, or type the text again",
            ),
        ),
        (
            b"\xef\xbf\xbe",
            (
                "CG006",
                "the character U+FFFE noncharacter may not stand in a data file",
                "delete it, or type the text again",
            ),
        ),
        (
            b"#" * 101,
            (
                "CG007",
                "the file is larger than 100 bytes",
                "split it into fragments in instruments/, or raise CLUSTERGAP_MAX_MIB",
            ),
        ),
    ],
)
def test_what_a_file_holds_that_it_may_not_is_told_in_full(
    tmp_path: Path, data: bytes, told: tuple[str, str, str]
) -> None:
    (tmp_path / "instruments.yaml").write_bytes(data)

    (finding,) = _check(tmp_path, 100)

    assert (finding.rule.code, finding.message, finding.hint) == told


def test_a_file_that_is_none_is_told_in_full(folder: Path) -> None:
    (folder / "folder").mkdir()
    (folder / "outside").symlink_to("..")
    (folder / "loop").symlink_to("loop")

    def words(name: str) -> tuple[str, str]:
        with pytest.raises(Refusal) as raised:
            read_bytes(folder / name, folder, MIB)
        assert str(raised.value) == raised.value.message
        return raised.value.message, raised.value.hint

    assert words("folder") == ("this is no regular file", "put a file there")
    assert words("outside") == (
        "the link leads out of the dataset's folder",
        "put the file itself there",
    )
    assert words("gone")[0] == "the file cannot be read: No such file or directory"
    assert words("loop")[0] in {
        "the file cannot be read: the link leads to itself",
        "the file cannot be read: Too many levels of symbolic links",
    }
