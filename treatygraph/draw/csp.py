"""The content policy of a page: its own scripts and styles by their hashes, and no connection to anywhere."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from hashlib import sha256

__all__ = ["hashed", "policy"]


def hashed(text: str) -> str:
    """The hash under which a policy allows an inline script or style."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def policy(scripts: Iterable[str], styles: Iterable[str], hashes: Iterable[str] = ()) -> str:
    """The value of ``Content-Security-Policy``.

    Args:
        scripts: the texts of the inline scripts.
        styles: the texts of the inline styles.
        hashes: of further styles, that scripts put into the page.
    """
    allowed = dict.fromkeys((*map(hashed, styles), *hashes))
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {' '.join(map(hashed, scripts))}",
            f"style-src {' '.join(allowed)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )
