"""Office files, which are zip archives: the same bytes on every run and machine."""

import io
import zipfile
from datetime import datetime

WRITTEN = datetime(2000, 1, 1)  # noqa: DTZ001 - office files know no zone
"""What stands for the day on which a file was written: that of its data is said in it."""

LONGEST_PROPERTY = 255
"""Characters of a title among a file's properties: more no program shows, and the libraries refuse."""

_FIRST = (1980, 1, 1, 0, 0, 0)
"""The first moment that an archive can name."""

_UNIX, _READABLE = 3, 0o644 << 16


def repack(document: bytes) -> bytes:
    """Write an archive's parts again, in their order, without the clock and the machine that they were written by."""
    written = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(document)) as old,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.infolist():
            info = zipfile.ZipInfo(part.filename, _FIRST)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system, info.external_attr = _UNIX, _READABLE
            new.writestr(info, old.read(part))
    return written.getvalue()
