"""Logos to put at the head of a document."""

import struct
import zlib

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><script>alert(1)</script><rect width="2" height="1"/></svg>'


def png(width: int, height: int) -> bytes:
    """A black PNG of that size; where a side is vast its picture is left out."""
    rows = b"" if max(width, height) > 4_096 else (b"\0" + bytes(width)) * height
    chunks = {
        b"IHDR": struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0),
        b"IDAT": zlib.compress(rows),
        b"IEND": b"",
    }
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        for kind, body in chunks.items()
    )
