"""Pages for people: templates with everything escaped, and a content policy that runs nothing foreign."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from treatygraph.web.problems import Refusal, headers_of, problem

__all__ = ["PAGE", "failed", "page"]

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
