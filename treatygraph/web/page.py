"""Pages for people: templates with everything escaped, and a content policy that runs nothing foreign."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from treatygraph.web.problems import Refusal, headers_of, problem

__all__ = ["PAGE", "failed", "page", "policy_of"]

_HERE: Final = Path(__file__).resolve().parent
PAGE: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""The content policy of a page: scripts and styles of this server's files, and nothing written into the page."""


@lru_cache(maxsize=1)
def _templates() -> Environment:
    return Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(template: str, *, status: int = 200, policy: str = PAGE, headers: dict[str, str] | None = None, **values: Any
         ) -> Response:  # fmt: skip
    """A page made from a template; every value is escaped."""
    text = _templates().get_template(template).render(**values)
    return HTMLResponse(text, status, {"Content-Security-Policy": policy, **(headers or {})})


def failed(refusal: Refusal) -> Response:
    """The page of a problem."""
    return page("problem.html", status=refusal.kind.status, headers=headers_of(refusal), problem=problem(refusal))


def policy_of(text: str) -> str:
    """The content policy of a page that has scripts and styles written into it: those, by their digests, alone.

    Styles of single elements are let through, as they load nothing and run nothing.
    """
    found = _Inline()
    found.feed(text)
    found.close()
    return (
        f"default-src 'none'; script-src {_digests(found.script)}; style-src {_digests(found.style)}; "
        "style-src-attr 'unsafe-inline'; img-src data: blob:; font-src data:; worker-src blob:; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )


def _digests(texts: Iterable[str]) -> str:
    found = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts)
    return " ".join(f"'sha256-{digest}'" for digest in found) or "'none'"


class _Inline(HTMLParser):
    """Collects what stands between the tags of scripts and styles."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.script: list[str] = []
        self.style: list[str] = []
        self._within: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Begin to collect."""
        if tag in ("script", "style"):
            self._within = self.script if tag == "script" else self.style
            self._within.append("")

    def handle_endtag(self, tag: str) -> None:
        """Collect no more."""
        if tag in ("script", "style"):
            self._within = None

    def handle_data(self, data: str) -> None:
        """Collect."""
        if self._within is not None:
            self._within[-1] += data
