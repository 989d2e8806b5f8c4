"""Running git so that it only reads: nothing of the repository is run, and nothing is fetched."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

from clustergap.errors import ClusterGapError
from clustergap.text import quote

# No pager, no hook, no monitor of files, no object in place of another; and a clone that lacks an object says so
# instead of asking the network for it.
_OPTIONS = (
    "--no-pager", "--no-replace-objects",
    "-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null", "-c", "protocol.allow=never",
)  # fmt: skip
_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "LC_ALL": "C",
}
_KEPT = re.compile(r"(?!GIT_)|GIT_(CEILING_DIRECTORIES|CONFIG_|DISCOVERY_|EXEC_PATH)")
"""What git hears of the environment: where a hook's caller has its repository is not where the data is."""


class NoRepositoryError(ClusterGapError):
    """A folder lies in no repository of git."""


class Answer(NamedTuple):
    """What git wrote, and in its own words why it could not; nothing if it could."""

    out: bytes
    why_not: str


class Git:
    """The program, as seen from a folder that exists.

    Raises:
        ClusterGapError: It is not installed.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._program = _find_program()

    def ask(self, *words: str, given: bytes = b"") -> Answer:
        """Run a command that reads.

        Raises:
            ClusterGapError: It cannot be run at all.
        """
        kept = {key: value for key, value in os.environ.items() if _KEPT.match(key)}
        try:
            done = subprocess.run(  # noqa: S603 - git by its whole path, and no shell
                [self._program, *_OPTIONS, *words],
                cwd=self.folder,
                input=given,
                capture_output=True,
                check=False,
                env={**kept, **_ENVIRONMENT},
            )
        except (OSError, ValueError) as error:
            raise ClusterGapError(f"git cannot be run: {error}") from error
        return Answer(done.stdout, _why_not(done.stderr) if done.returncode else "")

    def where(self) -> str:
        """Return where the folder lies in its repository.

        Raises:
            ClusterGapError: It lies in none that git may read, or git takes another folder for it.
        """
        prefix, top = (
            self.ask("rev-parse", "--show-prefix"),
            self.ask("rev-parse", "--show-toplevel"),
        )
        if "dubious ownership" in prefix.why_not:
            path = os.path.realpath(self.folder)
            raise ClusterGapError(
                f"git does not read {quote(path)}, which belongs to somebody else."
                f" If you trust it: git config --global --add safe.directory {path}"
            )
        if prefix.why_not:
            message = f"{quote(self.folder)} is in no repository of git: {prefix.why_not}"
            raise NoRepositoryError(message)
        where = _line(prefix.out)
        # A bare repository has no working tree, and so no top.
        if not top.why_not and not _is_same(self.folder, os.path.join(_line(top.out), where)):  # noqa: PTH118
            message = f"git's working tree is {quote(_line(top.out))}, not where {quote(self.folder)} lies"
            raise ClusterGapError(f"{message}: see core.worktree")
        return where


def _find_program() -> str:
    # Only where the user keeps programs: a git in the working folder is the repository's.
    path = [
        part
        for part in os.environ.get("PATH", os.defpath).split(os.pathsep)
        if Path(part).is_absolute()
    ]
    found = shutil.which("git", path=os.pathsep.join(path))
    if found is None or not Path(found).is_absolute():
        raise ClusterGapError(
            "git is not installed here, which reads revisions; two folders can be compared without it"
        )
    return found


def _is_same(one: Path, other: str) -> bool:
    return os.path.realpath(one) == os.path.realpath(other)


def _line(out: bytes) -> str:
    return os.fsdecode(out.removesuffix(b"\n"))


def _why_not(said: bytes) -> str:
    lines = said.decode("utf-8", "replace").strip().splitlines() or ["it does not say why"]
    first = next((line for line in lines if line.startswith(("fatal: ", "error: "))), lines[0])
    return first.removeprefix("fatal: ").removeprefix("error: ")
