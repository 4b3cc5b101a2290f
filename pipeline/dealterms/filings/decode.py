"""Bytes of a file to text, refusing what is no text."""

from __future__ import annotations

import codecs
import re

from dealterms.errors import InputError

_MAGIC = (
    (b"%PDF", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or Office document"),
    (b"\x1f\x8b", "gzip-compressed"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
)
_REMEDY = "give the filing or narrative as text or HTML, as EDGAR serves it"
_UUENCODED = re.compile(r"^begin [0-7]{3,4} \S", re.M)
_UUEND = re.compile(r"^end[ \t]*\r?$", re.M)
# What EDGAR wraps around a document: tags, of which some are followed by a value on the same line.
_WRAPPER = re.compile(r"<(?:TYPE|SEQUENCE|FILENAME|DESCRIPTION)>[^\n]*|<[^<>\n]*>", re.I)


def decode(data: bytes) -> str:
    """Read the bytes of a file as text.

    Parameters
    ----------
    data : bytes
        UTF-8 with or without a byte order mark, UTF-16 with one, or else Windows-1252 or Latin-1. Line ends stay as they are.

    Returns
    -------
    str
        The text without the byte order mark.

    Raises
    ------
    InputError
        The file is empty, binary, or holds nothing but uuencoded data.

    Examples
    --------
    >>> decode("Société Générale".encode("cp1252"))
    'Société Générale'
    >>> decode(b"%PDF-1.4")
    Traceback (most recent call last):
    dealterms.errors.InputError: the file is a PDF; give the filing or narrative as text or HTML, as EDGAR serves it
    """
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"the file is {kind}", _REMEDY)
    text = _read(data)
    if "\0" in text:
        raise InputError("the file is binary: it holds NUL characters", _REMEDY)
    if not text.strip():
        raise InputError("the file is empty", _REMEDY)
    if _only_uuencoded(text):
        raise InputError("the file holds only uuencoded data", "give the text document of the submission, or decode it first")
    return text


def _read(data: bytes) -> str:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError as error:
            raise InputError("the file begins as UTF-16 but is not", "save it as UTF-8") from error
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            pass
    return data.decode("latin-1")


def _only_uuencoded(text: str) -> bool:
    position, rest = 0, []
    while begin := _UUENCODED.search(text, position):
        rest.append(text[position : begin.start()])
        end = _UUEND.search(text, begin.end())
        position = end.end() if end else len(text)
    return position > 0 and not _WRAPPER.sub("", "\n".join([*rest, text[position:]])).strip()
