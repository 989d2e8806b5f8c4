"""``clustergap schema``: what an editor or a program needs to understand the files and the outputs."""

from typing import Annotated

import typer

from clustergap.cli.exit import Exit
from clustergap.cli.options import DataPath, Output
from clustergap.schema import SchemaName


def schema(
    *,
    name: Annotated[
        SchemaName,
        typer.Argument(
            help="A data file (instruments, fragment, swot), a mapping file, or a command's JSON (the others)."
        ),
    ],
    from_data: Annotated[
        bool,
        typer.Option(
            "--from-data",
            help="Of a data file: know the dataset's own cells, sources, kinds, …; make it again when they change.",
        ),
    ] = False,
    data: DataPath = None,
    out: Output,
) -> Exit:
    """Print the JSON Schema of a file or of a command's JSON.

    An editor with a YAML language server completes and checks a file that names its schema in its first line.

    \b
    Examples:
      clustergap schema instruments -o schemas/instruments.schema.json
      clustergap schema instruments --from-data --data data -o schemas/instruments.schema.json
      clustergap schema mapping -o schemas/mapping.schema.json
      clustergap schema check
    """
    from clustergap.cli.output import emit_document
    from clustergap.errors import ClusterGapError
    from clustergap.schema.generate import make_schema
    from clustergap.writers.json import write_json

    document = make_schema(name)
    if from_data:
        if not name.is_data_file:
            kind = "an output" if name.is_output else "none"
            raise ClusterGapError(f"--from-data is for data files; {name.value} is {kind}")
        from clustergap.cli.data import read_data
        from clustergap.schema.generate import narrow

        policy = read_data(data, out)
        document = narrow(document, policy.dataset)
        remark = policy.origin.remark
        document["description"] = f"{document['description']} {remark}".rstrip()
    emit_document(write_json(document), out)
    return Exit.OK
