"""Where the program is had, how it was installed, and so what is typed to add an extra to it."""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

PROJECT_URL = "https://github.com/OWNER/clustergap"
"""Where the program is had: ``make release`` refuses it while OWNER stands there for nobody yet."""

_UVX_FOLDERS = ("archive-v0", "environments-v2")
"""Folders of uv's cache in which it keeps the environments of programs that it only runs."""


EXTRAS = ("office", "pdf", "png", "pandas")
"""The extras that users are told of, in the order in which they are written."""

_REQUIREMENT = re.compile(r"([\w.-]+).*; extra == ['\"](\w+)['\"]")
"""What an extra needs, as the metadata of a package says it."""


def command_to_add(
    extra: str, prefix: Path, direct_url: str | None, present: Collection[str] = ()
) -> str:
    """Return the command that adds an extra, typed alike in sh, PowerShell and cmd.exe, which has no single quotes.

    >>> command_to_add("pdf", Path("/usr"), None)
    'pip install "clustergap[pdf]"'

    Args:
        extra: The name of the extra.
        prefix: The folder of the environment that the program runs in, as ``sys.prefix`` is.
        direct_url: What installers write of where the program came from (``direct_url.json``); None if from an index.
        present: The extras that are installed: whoever installs a program anew takes away those that are not named again.
    """
    source = _source(direct_url)
    extras = ",".join(each for each in EXTRAS if each == extra or each in present)
    wanted = f'"clustergap[{extras}]{source}"'
    if (prefix / "pipx_metadata.json").is_file():
        # Its inject adds nothing to the program itself before pipx 1.8.
        return f"pipx install --force {wanted}"
    if (prefix / "uv-receipt.toml").is_file():
        return f"uv tool install {wanted}"
    if set(_UVX_FOLDERS) & set(prefix.parts):
        return f"uvx --from {wanted} clustergap"
    added = f'"clustergap[{extra}]{source}"'
    # Such an environment has no pip of its own.
    return f"uv pip install {added}" if _is_made_by_uv(prefix) else f"pip install {added}"


def how_to_add(extra: str) -> str:
    """Return ``command_to_add`` for the program that is running."""
    import sys  # noqa: PLC0415 - only an error needs these
    from importlib import metadata  # noqa: PLC0415

    try:
        program = metadata.distribution("clustergap")
    except metadata.PackageNotFoundError:  # run from its files
        return command_to_add(extra, Path(sys.prefix), None)
    present = _present_extras(program.requires or ())
    return command_to_add(extra, Path(sys.prefix), program.read_text("direct_url.json"), present)


def _is_installed(name: str) -> bool:
    from importlib import metadata  # noqa: PLC0415 - only an error needs this

    try:
        metadata.distribution(name)
    except metadata.PackageNotFoundError:
        return False
    return True


def _present_extras(requirements: Iterable[str]) -> list[str]:
    said = [found for each in requirements if (found := _REQUIREMENT.fullmatch(each))]
    needs = {extra: [one[1] for one in said if one[2] == extra] for extra in EXTRAS}
    return [extra for extra, names in needs.items() if names and all(map(_is_installed, names))]


def _source(direct_url: str | None) -> str:
    # An installer asks its index for what has a name alone, and would not find it there, or another's.
    origin: Mapping[str, Any] = json.loads(direct_url) if direct_url else {}
    if not origin or origin.get("dir_info", {}).get("editable"):
        return ""
    vcs = origin.get("vcs_info")
    if not vcs:
        return f" @ {origin['url']}"
    revision = vcs.get("requested_revision", vcs["commit_id"])
    return f" @ {vcs['vcs']}+{origin['url']}@{revision}"


def _is_made_by_uv(prefix: Path) -> bool:
    try:
        settings = (prefix / "pyvenv.cfg").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return any(line.partition("=")[0].strip() == "uv" for line in settings.splitlines())
