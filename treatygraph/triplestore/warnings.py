"""What a query's author should be told although the query can be answered: it names terms that are not there.

An unknown property matches nothing, and a text compared with a date is an error in SPARQL that drops the row: both say
"0 rows", which a reader takes for "none". Looked at with patterns over the text, without strings and comments: the
second parser would take a fifth of a second for each query, and stumbles over what the engine takes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from treatygraph.model.terms import BASE, CONCEPTS, KINDS, PREFIXES, SCHEMES, TERMS

__all__ = ["DATED", "USUAL", "prefix_help", "undeclared", "warnings_of"]

USUAL: Final = {
    **{kind: f"{BASE}id/{kind}/" for kind in KINDS},
    **{scheme: f"{SCHEMES}{scheme}/" for scheme in CONCEPTS},
    "graph": f"{BASE}graph/", "id": f"{BASE}id/", "scheme": SCHEMES, "tgs": f"{BASE}shapes#",
    "dcat": "http://www.w3.org/ns/dcat#", "foaf": "http://xmlns.com/foaf/0.1/", "schema": "https://schema.org/",
    "sh": "http://www.w3.org/ns/shacl#", "void": "http://rdfs.org/ns/void#", "wd": "http://www.wikidata.org/entity/",
    "wdt": "http://www.wikidata.org/prop/direct/",
}  # fmt: skip
"""Prefixes that a query must declare, and what they stand for: of our records and concepts, and of others."""
_STRING: Final = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""|"(?:[^"\\\n]|\\.)*"'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''|'(?:[^'\\\n]|\\.)*'"
)
_COMMENT: Final = re.compile(r"(?m)(?<![<\w/])#[^\n]*$")
_ADDRESS: Final = re.compile(r"<[^<>\s]*>")
_DECLARED: Final = re.compile(r"(?i)\bprefix\s+([\w.-]*):\s*<([^<>\s]*)>")
_NAME: Final = re.compile(r"(?<![\w?$:@<])([A-Za-z][\w.-]*)?:([A-Za-z_][\w-]*)")
_DAY: Final = r"['\"]\d{4}(?:-\d{2}(?:-\d{2})?)?['\"](?!\^\^|@)"
_COMPARED: Final = re.compile(rf"\?(\w+)\s*(?:[<>]=?|!?=)\s*{_DAY}|{_DAY}\s*(?:[<>]=?|!?=)\s*\?(\w+)")
_BOUND: Final = re.compile(r"\b[\w.-]*:(\w+)\s+\?(\w+)")
_DAYS: Final = (
    "asOf", "coverage", "date", "derivedEntry", "effective", "ended", "entry", "entryIntoForce", "operative", "said",
    "signed", "adopted",
)  # fmt: skip
DATED: Final = frozenset({"from", "until"} | {f"{name}{end}" for name in _DAYS for end in ("", "Earliest", "Latest")})
"""The properties whose values are days (``xsd:date``)."""


_TEXT: Final = r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
_SAID: Final = re.compile(rf"\b([A-Za-z]*:\w+)\s+{_TEXT}(@[\w-]+|\^\^)?")
"""A property with a text as its value, and the tag of that."""
_LANGUAGE: Final = re.compile(rf"(?i)\blang(?:matches)?\s*\(\s*(?:lang\s*\(\s*)?\?(\w+)[\s)]*(?:=|,)\s*{_TEXT}")
_TAGGED: Final = ("rdfs:label", "skos:prefLabel")
"""The properties whose values are English and have the tag."""


def undeclared(text: str) -> tuple[str, ...]:
    """The prefixes that a query uses and does not declare, and that are none of ours, in order."""
    declared = {name for name, _ in _DECLARED.findall(text)} | set(PREFIXES)
    used = (prefix for prefix, _ in _names(text))
    return tuple(dict.fromkeys(prefix for prefix in used if prefix not in declared))


def warnings_of(text: str) -> tuple[str, ...]:
    """What the author of a query should be told, each in a sentence with the fix; empty for most queries."""
    return tuple(dict.fromkeys((*_prefixes(text), *_terms(text), *_comparisons(text), *_languages(text))))


def _prefixes(text: str) -> Iterator[str]:
    for prefix in undeclared(text):
        yield prefix_help(prefix)


def prefix_help(prefix: str) -> str:
    """What to do about a prefix that is not declared: its line, where it is one that the graph or the field has.

    >>> prefix_help("graph").partition(": declare")[0]
    "the prefix 'graph:' is not declared; it is <https://w3id.org/treatygraph/graph/>"
    """
    said = f"the prefix '{prefix}:' is not declared"
    if prefix in USUAL:
        return f"{said}; it is <{USUAL[prefix]}>: declare it by a PREFIX at the beginning."
    near = get_close_matches(prefix, [*PREFIXES, *USUAL], 1)
    fix = f"did you mean {near[0]}:?" if near else f"write PREFIX {prefix}: <…> at the beginning."
    return f"{said}; {fix} Known without: {', '.join(f'{name}:' for name in PREFIXES)}."


def _names(text: str) -> Iterator[tuple[str, str]]:
    """Every prefixed name: its prefix and its local part."""
    bare = _COMMENT.sub("", _ADDRESS.sub("<>", _STRING.sub('""', text)))
    body = re.sub(r"(?i)\bprefix\s+[\w.-]*:\s*<>", "", bare)
    yield from ((match[1] or "", match[2]) for match in _NAME.finditer(body))


def _terms(text: str) -> Iterator[str]:
    """Names of our ontology or schemes that are not there."""
    spaces = dict(PREFIXES) | dict(_DECLARED.findall(text))
    for prefix, name in _names(text):
        yield from _unknown(spaces.get(prefix, ""), prefix, name)


def _unknown(space: str, prefix: str, name: str) -> Iterator[str]:
    scheme = space.removeprefix(SCHEMES).rstrip("/#") if space.startswith(SCHEMES) else ""
    known = list(CONCEPTS.get(scheme, ())) if scheme else list(TERMS) if space == PREFIXES["tg"] else []
    if known and name not in known:
        near = get_close_matches(name, known, 3, 0.5)
        hint = f" Did you mean {', '.join(f'{prefix}:{item}' for item in near)}?" if near else ""
        yield f"the graph has no {prefix}:{name}, so what asks for it matches nothing.{hint}"


def _comparisons(text: str) -> Iterator[str]:
    bare = _COMMENT.sub("", text)
    days = {name for term, name in _BOUND.findall(bare) if term in DATED}
    for match in _COMPARED.finditer(bare):
        name = match[1] or match[2]
        if name in days:
            yield (
                f"?{name} is a day and is compared with a text, which drops the row: write "
                f'"2026-11-30"^^xsd:date, or compare STR(?{name}) with the text.'
            )


def _languages(text: str) -> Iterator[str]:
    """Texts whose tag of a language is not that of the property: they are other terms, and match nothing."""
    bare = _COMMENT.sub("", text)
    for match in _SAID.finditer(bare):
        term, said, tag = match[1], match[2], match[3] or ""
        if term in _TAGGED and not tag:
            yield f"every {term} has the tag of its language, so {term} {said} matches nothing: write {said}@en."
        elif term in _TAGGED and tag != "@en" and tag.startswith("@"):
            fix = f"names in other languages are skos:altLabel: write skos:altLabel {said}{tag}."
            yield f"{term} is in English only; {fix}"
        elif term.startswith("tg:") and tag.startswith("@"):
            yield f"{term} has no tag of a language, so {term} {said}{tag} matches nothing: write {said}."
    labels = {name for term, name in re.findall(r"\b([A-Za-z]+:\w+)\s+\?(\w+)", bare) if term in _TAGGED}
    for match in _LANGUAGE.finditer(bare):
        if match[1] in labels and not match[2].strip("\"'").lower().startswith(("en", "*")):
            yield f"?{match[1]} is a label, and labels are in English only; names in other languages are skos:altLabel."
