"""YAML read as text with places: no value is typed by YAML, no key may repeat."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from treatygraph.model.dates import Span
from treatygraph.model.errors import BadDate, Finding
from treatygraph.model.records import Cite

__all__ = ["Fact", "Findings", "Sheet", "open_sheet"]

_LOSING = frozenset({"cells", "csv", "date", "encoding", "unknown-column", "yaml"})
"""Rules of reading whose breach costs a whole record or file."""
NO_PARTS: Mapping[tuple[str, str], Iterable[str]] = {}
"""What a sheet expects whose facts list no smaller ones."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Findings:
    """Collects what is wrong while reading goes on, so that one run shows every place."""

    found: list[Finding] = field(default_factory=list)

    def add(self, place: str, rule: str, message: str, mend: str, *, record: str = "") -> None:
        """Note one problem."""
        self.found.append(Finding(place, rule, message, mend, record=record))

    @property
    def lossy(self) -> bool:
        """Whether a record was lost by a fault in its form, so that references to it would seem to lead nowhere."""
        return any(finding.rule in _LOSING for finding in self.found)

    def span(self, text: str, place: str) -> Span | None:
        """The date that ``text`` gives; empty text is None, a bad one is noted."""
        if not text:
            return None
        try:
            return Span.parse(text)
        except BadDate as problem:
            self.add(place, "date", str(problem), "give the date as the source does, in EDTF.")
            return None


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of a sheet: its keys, and where it stands."""

    terms: Mapping[str, str | tuple[str, ...]]
    place: str
    parts: Mapping[str, tuple[Fact, ...]] = field(default_factory=dict)
    """Lists of smaller facts under a key; the citation of the whole is theirs."""

    def text(self, key: str) -> str:
        """The text under ``key``; empty when absent."""
        value = self.terms.get(key, "")
        return value if isinstance(value, str) else ";".join(value)

    def many(self, key: str) -> tuple[str, ...]:
        """The values under ``key``; empty when absent."""
        value = self.terms.get(key, ())
        return (value,) if isinstance(value, str) else value

    @property
    def cite(self) -> Cite:
        """Where the fact was read."""
        return Cite(split(self.text("source")), self.text("at"), self.place)

    def rest(self, *known: str) -> dict[str, str | tuple[str, ...]]:
        """The keys besides ``known`` and the citation."""
        return {key: value for key, value in self.terms.items() if key not in {*known, "source", "at"}}


def split(text: str) -> tuple[str, ...]:
    """The parts of a cell that lists several values with ``;``."""
    return tuple(part.strip() for part in text.split(";") if part.strip())


class Sheet:
    """A YAML file of facts: single facts by key, and lists of facts."""

    def __init__(self, name: str, root: yaml.MappingNode | None, findings: Findings) -> None:
        self.name, self._findings, self._readable = name, findings, root is not None
        self._facts: dict[str, Fact] = {}
        self._lists: dict[str, tuple[Fact, ...]] = {}
        if root is not None:
            self._read(root)

    def _place(self, node: yaml.Node) -> str:
        return f"{self.name}:{node.start_mark.line + 1}"

    def _read(self, root: yaml.MappingNode) -> None:
        for key, value in self._pairs(root):
            if isinstance(value, yaml.SequenceNode):
                self._lists[key] = tuple(self._fact(item) for item in value.value)
            else:
                self._facts[key] = self._fact(value)

    def _pairs(self, node: yaml.MappingNode) -> Iterator[tuple[str, yaml.Node]]:
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in seen:
                self._findings.add(
                    self._place(key),
                    "repeated-key",
                    f"'{name}' stands twice.",
                    "keep one of the two, or make it a list.",
                )
                continue
            seen.add(name)
            yield name, value

    def _fact(self, node: yaml.Node) -> Fact:
        if not isinstance(node, yaml.MappingNode):
            self._findings.add(
                self._place(node), "missing-source", "a value stands without a source.", "write {…, source: …, at: …}."
            )
            return Fact({}, self._place(node))
        terms: dict[str, str | tuple[str, ...]] = {}
        parts: dict[str, tuple[Fact, ...]] = {}
        for key, value in self._pairs(node):
            if isinstance(value, yaml.SequenceNode) and any(isinstance(item, yaml.MappingNode) for item in value.value):
                parts[key] = tuple(self._part(item) for item in value.value)
            else:
                terms[key] = self._value(value)
        for needed in ("source", "at"):
            if not terms.get(needed):
                self._findings.add(
                    self._place(node),
                    "missing-source",
                    f"the fact has no '{needed}'.",
                    "end the line with source: (an id of sources.csv) and at: (the place in it).",
                )
        return Fact(terms, self._place(node), parts)

    def _part(self, node: yaml.Node) -> Fact:
        """One of the smaller facts that a fact lists."""
        if not isinstance(node, yaml.MappingNode):
            self._findings.add(self._place(node), "yaml", "the list mixes words and facts.", "write {key: value} each.")
            return Fact({}, self._place(node))
        return Fact({key: self._value(value) for key, value in self._pairs(node)}, self._place(node))

    def _value(self, node: yaml.Node) -> str | tuple[str, ...]:
        if isinstance(node, yaml.SequenceNode):
            return tuple(str(item.value) for item in node.value)
        if isinstance(node, yaml.ScalarNode):
            return str(node.value)
        self._findings.add(self._place(node), "yaml", "a fact holds nested keys.", "write one fact per line.")
        return ""

    def keys(self) -> set[str]:
        """Every key of the sheet."""
        return {*self._facts, *self._lists}

    def fact(self, key: str) -> Fact | None:
        """The single fact under ``key``, or None."""
        return self._facts.get(key)

    def text(self, key: str, part: str) -> str:
        """The text ``part`` of the fact under ``key``; empty when absent."""
        fact = self._facts.get(key)
        return fact.text(part) if fact else ""

    def facts(self, key: str) -> tuple[Fact, ...]:
        """The list of facts under ``key``; empty when absent."""
        return self._lists.get(key, ())

    def cites(self) -> dict[str, Cite]:
        """The citation of every single fact."""
        return {key: fact.cite for key, fact in self._facts.items()}

    def need(self, record: str, keys: Iterable[str], part: str = "…") -> None:
        """Note every key that a sheet of this kind cannot do without; a file that cannot be read lacks none."""
        for key in keys if self._readable else ():
            if key not in self._facts:
                message = f"the {record} has no '{key}'."
                self._findings.add(f"{self.name}:1", "missing-key", message, f"add a line '{key}: {{{part}}}'.")

    def expect(
        self,
        single: Mapping[str, Iterable[str]],
        lists: Mapping[str, Iterable[str]],
        parts: Mapping[tuple[str, str], Iterable[str]] = NO_PARTS,
    ) -> None:
        """Note every key that a sheet of this kind does not know.

        Args:
            single: the keys of single facts, each with the keys that it carries.
            lists: the keys of lists of facts, likewise.
            parts: the keys under which a single fact lists smaller ones, with what those carry.
        """
        for key, fact in self._facts.items():
            self._known(key, single, lists, fact)
            self._known_parts(key, parts, fact)
        for key, facts in self._lists.items():
            for fact in facts:
                self._known(key, lists, single, fact)
                self._known_parts(key, {}, fact)

    def _known_parts(self, key: str, parts: Mapping[tuple[str, str], Iterable[str]], fact: Fact) -> None:
        for inner, items in fact.parts.items():
            if (key, inner) not in parts:
                self._findings.add(fact.place, "yaml", "a fact holds nested keys.", "write one fact per line.")
                continue
            allowed = sorted(parts[key, inner])
            for item in items:
                for name in sorted(set(item.terms) - set(allowed)):
                    message = f"'{name}' is not a key of '{inner}'."
                    self._findings.add(item.place, "unknown-key", message, f"use one of: {', '.join(allowed)}.")

    def _known(
        self, key: str, right: Mapping[str, Iterable[str]], other: Mapping[str, Iterable[str]], fact: Fact
    ) -> None:
        if key not in right:
            mend = (
                "write it as " + ("a list" if key in other else f"one of: {', '.join(sorted({*right, *other}))}") + "."
            )
            self._findings.add(fact.place, "unknown-key", f"'{key}' is not a key here.", mend)
            return
        allowed = {*right[key], "source", "at"}
        for part in sorted(set(fact.terms) - allowed):
            self._findings.add(
                fact.place,
                "unknown-key",
                f"'{part}' is not a key of '{key}'.",
                f"use one of: {', '.join(sorted(allowed))}.",
            )


def open_sheet(path: Path, name: str, findings: Findings) -> Sheet:
    """Read one YAML file; what is wrong with it goes to ``findings`` under ``name``, and the sheet is then empty."""
    root: yaml.Node | None = None
    try:
        root = yaml.compose(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except UnicodeDecodeError as problem:
        findings.add(f"{name}:1", "encoding", f"not UTF-8: {problem.reason}.", "save the file as UTF-8.")
    except yaml.YAMLError as problem:
        mark = getattr(problem, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        what = getattr(problem, "problem", None) or "cannot be read"
        findings.add(f"{name}:{line}", "yaml", f"broken YAML: {what}.", "quote the value or close the bracket.")
    else:
        if isinstance(root, yaml.MappingNode):
            return Sheet(name, root, findings)
        findings.add(f"{name}:1", "yaml", "the file holds no keys.", "write one 'key: {…}' per line.")
    return Sheet(name, None, findings)
