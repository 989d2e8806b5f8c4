"""How the pages become a site: ``make docs`` runs Sphinx with this, offline, and every warning is an error.

The sources are those of the whole repository, so that a link from a page to CONTRIBUTING or to an example's page works here as it
does where the repository is read.
"""

from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx

from clustergap import __version__

project = "clustergap"
version = release = __version__

extensions = ["myst_parser"]
root_doc = "docs/index"
include_patterns = [
    "docs/**.md",
    "examples/*/README.md",
    "benchmarks/README.md",
    "*.md",
]
exclude_patterns = [".*", "findings", "schemas", "scripts", "site", "src", "tests"]
myst_heading_anchors = 4  # named as GitHub names them

html_theme = "furo"
html_title = "clustergap"
html_extra_path = ["front"]
html_static_path = ["site.css"]
html_css_files = ["site.css"]
html_copy_source = False
html_use_index = False
html_show_copyright = False
html_show_sourcelink = False


def setup(app: Sphinx) -> None:
    """Show a csv file as it is: Pygments knows no such language."""
    app.add_lexer("csv", TextLexer)
