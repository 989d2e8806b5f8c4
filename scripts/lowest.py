"""Print the lowest versions that pyproject.toml declares, as constraints for pip: ``make test-lowest`` tests with them."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent

_REQUIREMENT = re.compile(r"([\w.-]+)(?:\[.*\])?(?:>=|==)([\w.]+)(?:,<[\w.]+)?")


def constraints(pyproject: str) -> Iterator[str]:
    """Yield each requirement, of the build and of every extra too, with its lowest version as its only one.

    Raises:
        ValueError: One of them declares none.
    """
    declared = tomllib.loads(pyproject)
    project = declared["project"]
    extras = project["optional-dependencies"].values()
    for group in (declared["build-system"]["requires"], project["dependencies"], *extras):
        for requirement in group:
            found = _REQUIREMENT.fullmatch(requirement)
            if not found:
                raise ValueError(f"{requirement!r} declares no lowest version")
            yield f"{found[1]}=={found[2]}"


if __name__ == "__main__":
    print(*sorted(set(constraints((ROOT / "pyproject.toml").read_text("utf-8")))), sep="\n")
