"""Bytes to text, and the refusals."""

import pytest

from dealterms.errors import InputError
from dealterms.filings import decode


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("Société".encode(), "Société"),
        ("Société".encode("utf-8-sig"), "Société"),
        ("Société".encode("utf-16"), "Société"),
        (b"\xfe\xff" + "Société".encode("utf-16-be"), "Société"),
        ("Société “A”".encode("cp1252"), "Société “A”"),
        (b"caf\xe9 \x81", "café \x81"),
        (b"a\r\nb\n", "a\r\nb\n"),
        (b"Report\nbegin 644 x.pdf\nM0#1\n`\nend\n", "Report\nbegin 644 x.pdf\nM0#1\n`\nend\n"),
    ],
)
def test_reads(data: bytes, text: str) -> None:
    assert decode(data) == text


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \r\n\t", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"%PDF-1.4 ...", "PDF"),
        (b"PK\x03\x04...", "ZIP"),
        (b"\x1f\x8b...", "gzip"),
        (b"\x89PNG\r\n", "PNG"),
        (b"\xff\xd8\xff\xe0", "JPEG"),
        (b"GIF89a", "GIF"),
        (b"ab\0cd", "NUL"),
        ("a\0b".encode("utf-16"), "NUL"),
        (b"\xff\xfea", "UTF-16"),
        (b"begin 644 x.pdf\nM0#1\n`\nend\n", "uuencoded"),
        (b"<DOCUMENT>\n<TYPE>EX-99\n<TEXT>\nbegin 644 x.pdf\nM0#1\n`\nend\n</TEXT>\n</DOCUMENT>\n", "uuencoded"),
        (b"begin 644 never.ended\nM0#1\n", "uuencoded"),
    ],
)
def test_refuses_with_a_remedy(data: bytes, words: str) -> None:
    with pytest.raises(InputError, match=words) as refusal:
        decode(data)
    assert refusal.value.remedy
