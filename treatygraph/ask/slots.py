"""What may stand in a slot: names of the graph, topics in common words, and a few fixed words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from treatygraph.answers.readings import reading
from treatygraph.ask.pattern import Slot
from treatygraph.bonds.powers import with_article
from treatygraph.build.shelf import Shelf
from treatygraph.model import names
from treatygraph.model.errors import UsageError

__all__ = ["CAPITALS", "TOPIC_WORDS", "Slots"]

_KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    "state": ("state",),
    "power": ("state", "group"),
    "instrument": ("instrument",),
    "name": ("instrument", "state", "group", "official"),
}
_FORMS: Final = ("treaty", "convention", "agreement", "accord", "pact")
"""What people add to a name: "the NPT treaty"."""
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "scope": {"bilateral": "bilateral", "two sided": "bilateral", "multilateral": "multilateral"},
    "binding": {"binding": "yes", "legally binding": "yes"},
    "act": {
        "sign": "signature",
        "signed": "signature",
        "ratify": "ratification",
        "ratified": "ratification",
        "accede to": "accession",
        "acceded to": "accession",
        "accept": "acceptance",
        "accepted": "acceptance",
        "approve": "approval",
        "suspend": "suspension",
        "suspended": "suspension",
        "approved": "approval",
    },
}
_VERBS: Final = {
    "signature": "sign", "ratification": "ratify", "accession": "accede to", "acceptance": "accept",
    "approval": "approve",
    "suspension": "suspend",
}  # fmt: skip

CAPITALS: Final[Mapping[str, str]] = {
    "ankara": "TUR", "beijing": "CHN", "berlin": "DEU", "brussels": "BEL", "cairo": "EGY", "canberra": "AUS",
    "delhi": "IND", "havana": "CUB", "helsinki": "FIN", "islamabad": "PAK", "kyiv": "UKR", "london": "GBR",
    "minsk": "BLR", "moscow": "RUS", "new delhi": "IND", "paris": "FRA", "pyongyang": "PRK", "riga": "LVA",
    "rome": "ITA", "seoul": "KOR", "stockholm": "SWE", "tallinn": "EST", "tehran": "IRN", "tokyo": "JPN",
    "vilnius": "LTU", "warsaw": "POL", "washington": "USA",
}  # fmt: skip
"""Capitals that stand for their states, as journalists write."""

TOPIC_WORDS: Final[Mapping[str, str]] = {
    "strategic arms": "strategic-offensive-arms",
    "strategic weapons": "strategic-offensive-arms",
    "strategic nuclear weapons": "strategic-offensive-arms",
    "strategic nuclear arms": "strategic-offensive-arms",
    "strategic nuclear forces": "strategic-offensive-arms",
    "strategic offensive weapons": "strategic-offensive-arms",
    "long range nuclear weapons": "strategic-offensive-arms",
    "intermediate range nuclear forces": "intermediate-range-missiles",
    "medium range missiles": "intermediate-range-missiles",
    "missile defense": "missile-defence",
    "missile defenses": "missile-defence",
    "missile defences": "missile-defence",
    "anti ballistic missiles": "missile-defence",
    "nuclear tests": "nuclear-testing",
    "nuclear test": "nuclear-testing",
    "nuclear explosions": "nuclear-testing",
    "non proliferation": "nuclear-nonproliferation",
    "nonproliferation": "nuclear-nonproliferation",
    "nuclear non proliferation": "nuclear-nonproliferation",
    "nuclear weapon free zones": "nuclear-weapon-free-zone",
    "nuclear weapons": "nuclear",
    "nuclear arms": "nuclear",
    "nuclear matters": "nuclear",
    "fissile materials": "fissile-material",
    "plutonium": "fissile-material",
    "weapons of mass destruction": "wmd",
    "chemical arms": "chemical-weapons",
    "chemical weapon": "chemical-weapons",
    "biological arms": "biological-weapons",
    "biological weapon": "biological-weapons",
    "conventional arms": "conventional",
    "conventional weapons": "conventional",
    "conventional armed forces": "conventional-forces",
    "land mines": "landmines",
    "mines": "landmines",
    "anti personnel mines": "landmines",
    "cluster bombs": "cluster-munitions",
    "small arms and light weapons": "small-arms",
    "trade in arms": "arms-trade",
    "arms transfers": "arms-trade",
    "export controls": "export-control",
    "space": "space",
    "the sea bed": "seabed",
    "sea bed": "seabed",
    "weather modification": "environmental-modification",
    "naval forces": "naval-arms",
    "navies": "naval-arms",
    "observation flights": "aerial-observation",
    "overflights": "aerial-observation",
    "confidence building measures": "confidence-building",
    "hotlines": "crisis-communication",
    "hot lines": "crisis-communication",
    "crisis hotlines": "crisis-communication",
    "reducing risks": "risk-reduction",
}
"""Topics in words that are not their ids; an id with spaces for hyphens is taken as it is."""


class Slots:
    """Finds what words name; what was looked up once is kept."""

    def __init__(self, shelf: Shelf) -> None:
        self._shelf = shelf
        self._seen: dict[tuple[str, str], Slot | None] = {}

    def __call__(self, kind: str, words: str) -> Slot | None:
        """What the words name as a slot of that kind; None where they name nothing, or several."""
        asked = (kind, names.key(words))
        if asked not in self._seen:
            self._seen[asked] = self._found(kind, words)
        return self._seen[asked]

    def _found(self, kind: str, words: str) -> Slot | None:
        if kind in _KINDS:
            return self._named(kind, words)
        if kind in _WORDS:
            word = _WORDS[kind].get(words)
            return Slot(words, word, _VERBS.get(word, words)) if word else None
        special = {"topic": self._topic, "authority": self._authority, "report": self._report}
        return special[kind](words)

    def _named(self, kind: str, words: str) -> Slot | None:
        tries = [names.key(words)]
        if kind in ("state", "power") and tries[0] in CAPITALS:
            tries = [names.key(CAPITALS[tries[0]])]
        if kind in ("instrument", "name"):
            *head, last = tries[0].split() or [""]
            if head and last in _FORMS:
                tries.append(" ".join(head))
            elif kind == "instrument":
                tries += [f"{tries[0]} {form}" for form in _FORMS[:3]]
        for name in tries:
            entries = self._shelf.get("name", name) or ()
            for wanted in _KINDS[kind]:
                records = {entry[1]: entry[2] for entry in entries if entry[0] == wanted}
                exact = [record for record in records if record.casefold() == words.casefold()]
                if len(exact or records) == 1:
                    record = (exact or list(records))[0]
                    shown = records[record]
                    return Slot(words, record, with_article(record, shown) if wanted == "state" else shown)
        return None

    def _topic(self, words: str) -> Slot | None:
        name = TOPIC_WORDS.get(words, names.key(words).replace(" ", "-"))
        return Slot(words, name, name.replace("-", " ")) if self._shelf.get("topic", name) is not None else None

    def _authority(self, words: str) -> Slot | None:
        try:
            name = reading(self._shelf, words)
        except UsageError:
            return None
        state = self._named("state", words)
        return Slot(words, name, state.shown if state else name)

    def _report(self, words: str) -> Slot | None:
        name = words.replace(" ", "-")
        return Slot(words, name, name) if self._shelf.get("report", name) is not None else None
