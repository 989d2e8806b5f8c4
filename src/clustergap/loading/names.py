"""What the files of a dataset are called."""

HOME = "data"
"""Where a project keeps its dataset."""

MAIN, SWOT, FRAGMENTS = "instruments.yaml", "swot.yaml", "instruments"

READ = ".yaml"
"""How the names of data files end."""

ALIKE = (READ, ".yml", ".json", ".yaml.txt", ".yml.txt")
"""How they end where people do not know that, or where Windows hides the end of a name."""


def is_alike(name: str) -> bool:
    """Tell whether a file looks like a data file by its name."""
    return not name.startswith(".") and name.casefold().endswith(ALIKE)


def stem_of(name: str) -> str:
    """Return what a name says before its end, in small letters.

    >>> stem_of("SWOT.yaml.txt")
    'swot'
    """
    folded = name.casefold()
    end = next((end for end in sorted(ALIKE, key=len, reverse=True) if folded.endswith(end)), "")
    return folded.removesuffix(end)
