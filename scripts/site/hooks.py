"""What the documentation site adds to ``docs/``: pages and files from elsewhere in the checkout, and links to them.

mkdocs calls the two functions below. The pages of the facts, the queries and the project stay in their own folders,
where a forge shows them; on the site each has its own address, and every file that a page links to is included.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

__all__ = ["on_files", "on_page_markdown"]

ROOT = Path(__file__).resolve().parents[2]
_PAGES = {"graph/README.md": "facts.md", "queries/README.md": "saved-queries.md", "CHANGELOG.md": "changelog.md",
          "CONTRIBUTING.md": "contributing.md", "SECURITY.md": "security.md"}  # fmt: skip
"""Pages outside ``docs/`` that the site has, and where."""
_LINK = re.compile(r"(\[[^\]]*\]\()([^)\s#]+)((?:#[^)\s]*)?\))")
_SCHEME = re.compile(r"[a-z]+:")


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add what stands outside ``docs/``."""
    for path, target in _elsewhere().items():
        files.append(File.generated(config, target, content=(ROOT / path).read_bytes()))
    return files


def on_page_markdown(markdown: str, page: Page, **_: object) -> str:
    """Turn links between folders of the checkout into links of the site; a link to a folder is left as its text."""
    here = page.file.src_uri
    path = next((path for path, target in _elsewhere().items() if target == here), f"docs/{here}")

    def turned(link: re.Match[str]) -> str:
        if _SCHEME.match(link.group(2)):
            return link.group(0)
        linked = _resolved(path, link.group(2))
        if (ROOT / linked).is_dir():
            return link.group(1)[1:-2]
        target = _elsewhere().get(linked) or linked.removeprefix("docs/")
        return link.group(1) + posixpath.relpath(target, posixpath.dirname(here) or ".") + link.group(3)

    return _LINK.sub(turned, markdown)


@cache
def _elsewhere() -> dict[str, str]:
    """Every file outside ``docs/`` that the site has, by its path in the checkout: where the site has it."""
    targets = dict(_PAGES)
    for path in [*(f"docs/{page.relative_to(ROOT / 'docs')}" for page in (ROOT / "docs").rglob("*.md")), *_PAGES]:
        for linked in _links(path):
            if not linked.startswith("docs/") and (ROOT / linked).is_file():
                targets.setdefault(linked, f"files/{linked}")
    return targets


def _links(path: str) -> Iterator[str]:
    for link in _LINK.finditer((ROOT / path).read_text(encoding="utf-8")):
        if not _SCHEME.match(link.group(2)):
            yield _resolved(path, link.group(2))


def _resolved(path: str, link: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(path), link))
