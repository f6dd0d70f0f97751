"""The results of the law in a built graph, with their reasons: whole, or as far as a question needs them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import date

from treatygraph.build.codec import decode
from treatygraph.build.result_cache import ResultCache
from treatygraph.build.rows import Reasons, derivation_of, reasons_name, reasons_of
from treatygraph.build.storage import Storage
from treatygraph.model.standings import Derivation, Flag, Holding, Outline, Standing, Status
from treatygraph.model.vocabulary import DEPOSITARY

__all__ = ["ResultIndex"]


class ResultIndex(ResultCache):
    """What each reading yields for each instrument."""

    def __init__(self, storage: Storage) -> None:
        super().__init__()
        self.storage = storage

    def readings(self, instrument: str) -> tuple[str, ...]:
        """The readings that were derived for an instrument, the depositaries' first; empty: no such instrument."""
        return tuple(self.storage.get("readings", instrument) or ())

    def derivation(self, instrument: str, reading: str = DEPOSITARY) -> Derivation:
        """All that a reading yields for an instrument; what it does not change is as the depositaries have it.

        Raises:
            KeyError: there is no such instrument.
        """
        return self.keep(("derivation", instrument, reading), lambda: self._derivation(instrument, reading))

    def _derivation(self, instrument: str, reading: str) -> Derivation:
        outline = self.outline(instrument, reading)
        names = [reasons_name(outline.reading, instrument, state) for state in outline.states]
        return derivation_of(outline, self.storage.some("reasons", names))

    def outline(self, instrument: str, reading: str = DEPOSITARY) -> Outline:
        """The same without the reasons of standings and flags.

        Raises:
            KeyError: there is no such instrument.
        """
        return self.keep(("outline", instrument, reading), lambda: self._outline(instrument, reading))

    def _outline(self, instrument: str, reading: str) -> Outline:
        views = self.readings(instrument)
        if not views:
            raise KeyError(instrument)
        view = reading if reading in views else DEPOSITARY
        return decode(Outline, self.storage.get("derivation", f"{view}/{instrument}"))

    def holdings(self, instrument: str, reading: str, on: date) -> Sequence[Holding]:
        """Where the states stand on a day, in order of state."""
        return self.recent(("holdings", instrument, reading, on), lambda: self.outline(instrument, reading).on(on))

    def own_derivation(self, instrument: str, reading: str) -> Derivation | None:
        """The same, or None where the reading has no result of its own."""
        if reading not in self.readings(instrument):
            return None
        return self.derivation(instrument, reading)

    def derivations(self) -> tuple[Derivation, ...]:
        """Every result of every reading, in order of reading and instrument."""
        return self.keep(("derivations",), lambda: tuple(self._derivations()))

    def _derivations(self) -> Iterator[Derivation]:
        reasons = dict(self.storage.all("reasons"))
        for _, value in self.storage.all("derivation"):
            yield derivation_of(decode(Outline, value), reasons)

    def standings_of(self, instrument: str, reading: str, *states: str) -> tuple[Standing, ...]:
        """The standings of some states with their reasons, in order; of all where none is named."""
        if not states:
            return self.derivation(instrument, reading).standings
        return tuple(item for standings, _ in self._reasons(instrument, reading, states) for item in standings)

    def flags_of(self, instrument: str, reading: str, *states: str) -> tuple[Flag, ...]:
        """The flags of some states with their reasons, in order; of all where none is named."""
        if not states:
            return self.derivation(instrument, reading).flags
        return tuple(item for _, flags in self._reasons(instrument, reading, states) for item in flags)

    def _reasons(self, instrument: str, reading: str, states: Collection[str]) -> Iterator[Reasons]:
        """The standings and flags of some states, in order of code."""
        outline = self.outline(instrument, reading)
        wanted = [state for state in sorted(set(states)) if outline.names(state)]
        loaded: dict[str, Reasons] = self.recent(("reasons", instrument, outline.reading), dict)
        names = {reasons_name(outline.reading, instrument, state): state for state in wanted if state not in loaded}
        for name, value in self.storage.some("reasons", names).items() if names else ():
            loaded[names[name]] = reasons_of(value)
        return (loaded[state] for state in wanted)

    def statuses_of(self, instrument: str, reading: str) -> tuple[Status, ...]:
        """The statuses of an instrument with their reasons, in order of time."""
        return self.outline(instrument, reading).statuses
