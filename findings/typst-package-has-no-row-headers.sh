#!/bin/sh
# typst 0.15.2 (PyPI), PDF/UA-1: the first column of a table cannot be made of header cells, as the package cannot switch the feature on.
#
# One would guess that what the reference of typst 0.15 describes, pdf.header-cell(scope: "row"), can be used from the Python
# package, if need be after switching the feature a11y-extras on, as the program of the same version does by --features or
# TYPST_FEATURES. What happens: compile() takes no features, the variable is not read, and the module pdf has no header-cell.
# The file passes as PDF/UA-1 all the same: the cells of table.header are tagged TH, the first cell of every row TD, so that
# who hears the table hears a cell without the name of its row. Fails when that is mended.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check typst==0.15.2 pikepdf==10.18.0
TYPST_FEATURES=a11y-extras "$folder/venv/bin/python" - <<'PYTHON'
import inspect
import io

import pikepdf
import typst

HEAD = '#set document(title: "Coverage")\n#set text(lang: "en")\n'
PLAIN = HEAD + '#table(columns: 2, table.header[Role][Country], [Industry 4.0], [partial])'
MARKED = HEAD + '#table(columns: 2, table.header[Role][Country], pdf.header-cell(scope: "row")[Industry 4.0], [partial])'

print("parameters of compile:", ", ".join(inspect.signature(typst.compile).parameters))
assert "features" not in inspect.signature(typst.compile).parameters
try:
    typst.compile(MARKED.encode(), format="pdf", pdf_standards=["ua-1"])
except typst.TypstError as error:
    print("with pdf.header-cell:", error)
    assert "header-cell" in str(error)
else:
    raise AssertionError("pdf.header-cell is known")
file = typst.compile(PLAIN.encode(), format="pdf", pdf_standards=["ua-1"])


def tags(element):
    if not isinstance(element, pikepdf.Dictionary):
        return []
    children = element.get("/K", [])
    children = children if isinstance(children, pikepdf.Array) else [children]
    return [str(element.get("/S", "")), *(tag for child in children for tag in tags(child))]


with pikepdf.open(io.BytesIO(file)) as pdf:
    cells = [tag for tag in tags(pdf.Root.StructTreeRoot) if tag in ("/TH", "/TD")]
print("cells in the order of reading:", cells)
assert cells == ["/TH", "/TH", "/TD", "/TD"], cells
PYTHON
