"""Print the lowest versions that pyproject.toml declares, as constraints for pip: ``make test-lowest`` tests with them."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent


def constraints(pyproject: str) -> Iterator[str]:
    """Yield each requirement, of the build and of every extra too, with its lowest version as its only one."""
    declared = tomllib.loads(pyproject)
    project = declared["project"]
    extras = project["optional-dependencies"].values()
    for group in (declared["build-system"]["requires"], project["dependencies"], *extras):
        for requirement in group:
            yield re.sub(r"\[.*?\]|>=.*|==.*", _only, requirement)


def _only(found: re.Match[str]) -> str:
    # A constraint names no extra of a package.
    return "" if found[0].startswith("[") else f"=={found[0][2:]}"


if __name__ == "__main__":
    print(*sorted(set(constraints((ROOT / "pyproject.toml").read_text("utf-8")))), sep="\n")
