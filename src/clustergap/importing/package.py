"""The zip file that a workbook is: how large it is inside is known before anything in it is read.

What a zip file says of its own sizes may be a lie, so each entry is unpacked once, bit by bit, and counted.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from clustergap.errors import ClusterGapError
from clustergap.importing.problem import refuse
from clustergap.loading.files import MIB

MOST_ENTRIES = 2_000
"""Files in the package; a workbook of 50 sheets with pictures has a few hundred."""

MOST_ELEMENTS = 900_000
"""Elements of all XML together; the report of 10,000 instruments has 294,000."""

_CHUNK = 64 * 1024
_LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_ENTRY = b"PK\1\2"
"""How each line of the table of contents begins."""

_ENCRYPTED = 1


@dataclass(frozen=True)
class Package:
    """A zip file that was looked through. Its entries go by their names in small letters, as Excel looks for them."""

    data: bytes
    entries: dict[str, zipfile.ZipInfo]

    def __contains__(self, name: str) -> bool:
        """Tell whether there is an entry of this name."""
        return name.casefold() in self.entries

    def chunks(self, name: str) -> Iterator[bytes]:
        """Unpack an entry bit by bit; nothing if there is none."""
        info = self.entries.get(name.casefold())
        return _unpack(self.data, info) if info else iter(())


def open_package(data: bytes, most: int) -> Package:
    """Look through a zip file.

    Args:
        data: The file.
        most: The most that it may hold, in bytes.

    Raises:
        SheetError: It is damaged, protected by a password, or holds more than anybody's spreadsheet.
    """
    # Python's reader believes the table of contents, however long it is: a million entries take a gigabyte.
    if data.count(_ENTRY) > MOST_ENTRIES:
        raise refuse(f"the file holds more than {MOST_ENTRIES:,} parts, which no spreadsheet does")
    try:
        infos = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError, struct.error) as error:
        raise _damaged() from error
    entries = {info.filename.casefold(): info for info in infos}
    if len(entries) < len(infos):
        raise _damaged()
    _count(data, infos, most)
    return Package(data, entries)


def _count(data: bytes, infos: list[zipfile.ZipInfo], most: int) -> None:
    left, elements = most, 0
    for info in infos:
        is_xml = info.filename.casefold().endswith((".xml", ".rels"))
        for chunk in _unpack(data, info):
            left -= len(chunk)
            if is_xml:
                elements += chunk.count(b"<") - chunk.count(b"</")
            if left < 0 or elements > MOST_ELEMENTS:
                raise too_large(most)


def _unpack(data: bytes, info: zipfile.ZipInfo) -> Iterator[bytes]:
    if info.flag_bits & _ENCRYPTED:
        raise protected()
    start = info.header_offset + _LOCAL_HEADER.size
    header = data[info.header_offset : start] if info.header_offset >= 0 else b""
    if len(header) < _LOCAL_HEADER.size or header[:4] != b"PK\3\4":
        raise _damaged()
    *_, name_length, extra_length = _LOCAL_HEADER.unpack(header)
    start += name_length + extra_length
    packed = memoryview(data)[start : start + info.compress_size]
    if len(packed) < info.compress_size:
        raise _damaged()
    match info.compress_type:
        case zipfile.ZIP_STORED:
            yield from (bytes(packed[i : i + _CHUNK]) for i in range(0, len(packed), _CHUNK))
        case zipfile.ZIP_DEFLATED:
            yield from _inflate(packed, info.CRC)
        case _:
            raise refuse("the file is packed in a way that spreadsheets are not", "save it again")


def _inflate(packed: memoryview, checksum: int) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    found = 0
    try:
        for start in range(0, len(packed), _CHUNK):
            rest: bytes | memoryview = packed[start : start + _CHUNK]
            while rest and not inflater.eof:
                chunk = inflater.decompress(rest, _CHUNK)
                rest = inflater.unconsumed_tail
                found = zlib.crc32(chunk, found)
                yield chunk
        while not inflater.eof and (chunk := inflater.decompress(b"", _CHUNK)):
            found = zlib.crc32(chunk, found)
            yield chunk
    except zlib.error as error:
        raise _damaged() from error
    if not inflater.eof or found != checksum:
        raise _damaged()


def _damaged() -> ClusterGapError:
    return refuse("the file is damaged or not whole", "save it again, or fetch it again")


def too_large(most: int) -> ClusterGapError:
    """Refuse what unpacks to more than *most* bytes, or to more elements than anybody reads."""
    message = (
        f"the file unpacks to more than {most // MIB} MiB or {MOST_ELEMENTS:,} elements of XML"
    )
    return refuse(message, "delete what is not needed, or import it in two parts")


def protected() -> ClusterGapError:
    """Refuse what only a password opens."""
    return refuse("the file is protected by a password", "save it without one")
