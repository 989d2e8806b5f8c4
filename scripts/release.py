"""Refuse a release in which the project's address is still a placeholder: ``make release`` asks this first."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent

PLACEHOLDER = "OWNER/clustergap"

_MEANT = ("scripts/release.py", "tests/")
"""Files that speak of the placeholder, and do not publish it."""


def placeholders(root: Path) -> Iterator[str]:
    """Yield file and number of each line of the repository that has the placeholder where readers and installers look."""
    listing = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607 - git as it is found
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    )
    for name in listing.stdout.split("\0"):
        if not name or name.startswith(_MEANT) or not (root / name).is_file():
            continue
        lines = (root / name).read_text("utf-8", errors="replace").splitlines()
        yield from (f"{name}:{n}" for n, line in enumerate(lines, 1) if PLACEHOLDER in line)


def refusal(places: list[str]) -> str:
    """Return why there is no release, and what to do."""
    why = (
        "no release: the address of the project is a placeholder in the lines above. Put the account"
        f" that publishes it for OWNER in each {PLACEHOLDER}, commit, and try again"
    )
    return "\n".join([*places, why])


if __name__ == "__main__":
    found = list(placeholders(ROOT))
    if found:
        sys.exit(refusal(found))
