"""Throwaway git repositories, made without anybody's configuration."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

import pytest

MAIN = """\
schema: 1
title: TITLE
levels: [{id: eu, name: EU}]
roles: [{id: alpha, name: Alpha}, {id: beta, name: Beta}]
instruments:
  - {id: act, name: The Act, covers: {alpha@eu: full}}
"""
FRAGMENT = "instruments:\n  - {id: ro-act, name: Legea, covers: {beta@eu: full}}\n"
SWOT = "schema: 1\nstrengths:\n  - {id: calm, text: There is calm, cells: [alpha@eu]}\n"

NOBODY = {
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "A",
    "GIT_AUTHOR_EMAIL": "a@example.org",
    "GIT_AUTHOR_DATE": "2024-01-01T12:00:00Z",
    "GIT_COMMITTER_NAME": "A",
    "GIT_COMMITTER_EMAIL": "a@example.org",
    "GIT_COMMITTER_DATE": "2024-01-01T12:00:00Z",
    "LC_ALL": "C",
}


def need_git() -> str:
    """Return the whole path of git, or skip the test; in CI, where nobody reads what was skipped, it fails."""
    found = shutil.which("git")
    if found is None and os.environ.get("CI") == "true":
        pytest.fail("needs git")
    if found is None:
        pytest.skip("needs git")
    return found


def be_nobody(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Let the program under test see a home without configuration, and no repository that a hook's caller has."""
    for key in [key for key in os.environ if key.startswith(("GIT_", "XDG_"))]:
        monkeypatch.delenv(key)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")


def git(folder: Path, *arguments: str, given: bytes = b"", index: Path | None = None) -> str:
    """Run git in a folder; return what it prints, without the last line end."""
    clean = {"PATH": os.environ["PATH"], "HOME": str(folder), **NOBODY}
    if index:
        clean["GIT_INDEX_FILE"] = str(index)
    command = ["git", *arguments]
    done = subprocess.run(
        command, cwd=folder, env=clean, input=given, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return os.fsdecode(done.stdout).removesuffix("\n")


def make(folder: Path, *options: str) -> Path:
    """Make a repository without a commit."""
    folder.mkdir(parents=True, exist_ok=True)
    git(folder, "init", "-q", "-b", "main", "--template=", *options)
    return folder


def dataset(
    title: str = "Here", place: str = "data/", **more: str | bytes
) -> dict[str, str | bytes]:
    """Return the one file of a small dataset, by its path; *more*: files beside it, ``__`` for a slash."""
    beside = {f"{place}{name.replace('__', '/')}.yaml": text for name, text in more.items()}
    return {f"{place}instruments.yaml": MAIN.replace("TITLE", title), **beside}


def noise(lines: int) -> str:
    """Return comments that git can hardly make shorter."""
    return "".join(f"# {sha256(str(n).encode()).hexdigest()}\n" for n in range(lines))


def write(folder: Path, files: Mapping[str, str | bytes]) -> None:
    """Write files as they are, without a change of line ends."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def commit(folder: Path, files: Mapping[str, str | bytes], message: str = "A change") -> str:
    """Write files and commit everything; return the commit's id."""
    write(folder, files)
    git(folder, "add", "--all")
    git(folder, "commit", "-q", "--allow-empty", "-m", message)
    return git(folder, "rev-parse", "HEAD")


def blob(folder: Path, content: str | bytes) -> str:
    """Store a blob; return its id."""
    given = content if isinstance(content, bytes) else content.encode()
    return git(folder, "hash-object", "-w", "--stdin", given=given)


def plant(folder: Path, path: str, mode: str, object_id: str) -> str:
    """Put something in the place of *path* in a copy of HEAD; return the commit, which is on no branch."""
    index = folder / ".git" / "planting"
    git(folder, "read-tree", "HEAD", index=index)
    git(folder, "rm", "-q", "-r", "--cached", "--ignore-unmatch", path, index=index)
    git(folder, "update-index", "--add", "--cacheinfo", f"{mode},{object_id},{path}", index=index)
    tree = git(folder, "write-tree", "--missing-ok", index=index)
    return commit_tree(folder, tree)


def tree(folder: Path, entries: Mapping[str, tuple[str, str]]) -> str:
    """Store a tree that git itself would not make; return its id."""
    raw = b"".join(
        f"{mode} ".encode() + os.fsencode(name) + b"\0" + bytes.fromhex(object_id)
        for name, (mode, object_id) in entries.items()
    )
    return git(folder, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", given=raw)


def commit_tree(folder: Path, tree_id: str) -> str:
    """Store a commit of a tree; return its id."""
    return git(folder, "commit-tree", "-m", "Planted", tree_id)


def object_file(folder: Path, object_id: str) -> Path:
    """Return where a loose object is stored."""
    return folder / ".git" / "objects" / object_id[:2] / object_id[2:]


def listing(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Return everything below a folder: modes, times of change, contents."""
    return {
        str(path.relative_to(folder)): (
            path.lstat().st_mode,
            path.lstat().st_mtime_ns,
            path.read_bytes() if path.is_file() else b"",
        )
        for path in folder.rglob("*")
    }


def script(path: Path, body: str) -> Path:
    """Write a program of the shell."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return path
