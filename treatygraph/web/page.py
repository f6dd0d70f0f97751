"""Pages that the server makes itself, the setting of every page, and a content policy that runs nothing foreign."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from treatygraph.model.errors import TreatygraphError
from treatygraph.site.frame import frame_of
from treatygraph.site.links import Links
from treatygraph.site.setting import Setting
from treatygraph.site.templating import rendered
from treatygraph.site.urls import Hyperlink
from treatygraph.web.problems import Refusal, headers_of, problem
from treatygraph.web.state import site_of

__all__ = ["EMBED", "LANGUAGE", "PAGE", "failed", "page", "setting_of", "values_of"]

PAGE: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""The content policy of a page: scripts and styles of this server's files, and nothing written into the page."""
EMBED: Final = "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
"""That of an answer that the pages of others may show: it runs nothing at all."""
LANGUAGE: Final = "lang"
"""The parameter that every page takes: the language of its frame."""


def values_of(setting: Setting) -> dict[str, Any]:
    """A setting as plain values, for the worker that makes the page."""
    return {
        "today": setting.today.isoformat(), "root": setting.links.root, "version": setting.links.version,
        "without": list(setting.links.without), "lang": setting.frame.language, "base": setting.base,
        "contact": setting.contact, "embedded": setting.embedded,
    }  # fmt: skip


def setting_of(request: Request, *, embedded: bool = False) -> Setting:
    """What the pages of a request are made with.

    Raises:
        UnknownName: it asks for a language in which there is no frame.
    """
    site = site_of(request)
    frame = frame_of(request.query_params.get(LANGUAGE, "en"))
    links = Links(site.prefix, frame.language, site.version, site.without)
    base = site.base(request).removesuffix(site.prefix)
    return Setting(site.today(), links, frame, base, site.contact, embedded)


def page(
    request: Request, template: str, *, status: int = 200, policy: str = PAGE, headers: Mapping[str, str] | None = None,
    setting: Setting | None = None, **values: object,
) -> Response:  # fmt: skip
    """A page made from a template; every value is escaped."""
    text = rendered(template, setting or setting_of(request), **values)
    return HTMLResponse(text, status, {"Content-Security-Policy": policy, **(headers or {})})


def failed(request: Request, refusal: Refusal) -> Response:
    """The page of a problem, with links to what was probably meant."""
    setting = _plain_setting(request)
    nearest = corrected(request, refusal.detail, refusal.nearest)
    return page(
        request, "problem.html", status=refusal.kind.status, headers=headers_of(refusal), problem=problem(refusal),
        nearest=nearest, setting=setting,
    )  # fmt: skip


def _plain_setting(request: Request) -> Setting:
    """The setting of a page that must not fail: in English where the language is what was wrong."""
    try:
        return setting_of(request)
    except TreatygraphError:
        return setting_of(Request({**request.scope, "query_string": b""}))


def corrected(request: Request, detail: str, nearest: Sequence[str]) -> list[Hyperlink]:
    """The nearest names as links: the address as asked with the name put right; else a search for it."""
    setting = _plain_setting(request)
    path = unquote(request.url.path).removeprefix(setting.links.root)
    asked = dict(request.query_params)
    links = []
    for name in nearest:
        wrong = next((part for part in path.split("/") if part and f"'{part}'" in detail), "")
        put_right = {key: name for key, value in asked.items() if value and f"'{value}'" in detail}
        if wrong and "/" not in name:
            address = setting.links("/".join(name if part == wrong else part for part in path.split("/")), **asked)
        elif put_right:
            address = setting.links(path, **{**asked, **put_right})
        else:
            address = setting.links("/search", q=name)
        links.append(Hyperlink(name, address))
    return links
