"""What was read, from wherever: its bytes as text, and where they came from."""

from __future__ import annotations

import io
import logging
import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from treatygraph.model.errors import PageRefused

__all__ = ["MOST", "RegisterPage"]

MOST: Final = 32 * 1024 * 1024
"""The largest page that is read, in bytes: the longest status page seen has 3.2 million."""
_PAGES_MOST: Final = 400
_OF_BROKEN_PDFS: Final = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError, OSError,
    RecursionError, TypeError, ValueError, zlib.error,
)  # fmt: skip
"""What reading a broken PDF may raise beside the reader's own errors."""


@dataclass(frozen=True)
class RegisterPage:
    """A page as it was read."""

    content: bytes
    name: str
    """What it is called in messages: the file, the address, or ``-``."""
    address: str = ""
    """Empty where it was not fetched."""
    type: str = ""
    """The media type that the server gave; empty where none did."""

    @cached_property
    def text(self) -> str:
        """The page as text; of a PDF, its text line by line.

        Raises:
            PageRefused: the content is no text and no PDF, is empty, or is too large.
        """
        if not self.content.strip():
            raise PageRefused(f"{self.name} is empty; give a register's page.")
        if len(self.content) > MOST:
            raise PageRefused(f"{self.name} has {len(self.content)} bytes; at most {MOST} are read.")
        if self.is_pdf:
            return _pdf_text(self.content, self.name)
        if b"\0" in self.content[:4096] and not self.content.startswith((b"\xff\xfe", b"\xfe\xff")):
            raise PageRefused(f"{self.name} is neither text nor PDF; expected HTML, JSON, CSV, Markdown, text or PDF.")
        return _decoded(self.content, self.name)

    @property
    def is_pdf(self) -> bool:
        """Whether the content is a PDF, by its first bytes."""
        return self.content[:1024].lstrip().startswith(b"%PDF-")


def _decoded(content: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "utf-16" if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else "", "cp1252"):
        try:
            if encoding:
                return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise PageRefused(f"{name} is in no encoding that is known here; save it as UTF-8.")


def _pdf_text(content: bytes, name: str) -> str:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what it works around is not for the user
    try:
        reader = PdfReader(io.BytesIO(content))
        pages = reader.pages[:_PAGES_MOST]
        return "\n".join(page.extract_text() for page in pages)
    except (PyPdfError, *_OF_BROKEN_PDFS) as problem:
        raise PageRefused(f"{name} is a PDF that cannot be read ({problem}); give its text instead.") from None
