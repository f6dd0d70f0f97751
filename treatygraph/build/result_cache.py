"""Results that stay in memory, so that each is made once."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, TypeVar, cast

__all__ = ["ResultCache"]

_Value = TypeVar("_Value")
_RECENT = 2_000
"""How many results about pairs are kept, of each maker."""


class ResultCache:
    """What was made, by a key of which the first part names the maker."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Any] = {}
        self._recent: dict[Hashable, dict[Hashable, Any]] = {}

    def keep(self, key: Hashable, make: Callable[[], _Value]) -> _Value:
        """What ``make`` gives, made once for this index.

        Args:
            key: what it is; the first part names the maker, so that two never share one.
            make: called at the first call alone.
        """
        if key not in self._kept:
            self._kept[key] = make()
        return cast(_Value, self._kept[key])

    def recent(self, key: tuple[Hashable, ...], make: Callable[[], _Value], limit: int = _RECENT) -> _Value:
        """What ``make`` gives; of the results of one maker only the last ones are kept, as there are too many pairs.

        Args:
            key: what it is; the first part names the maker.
            make: called where it is not kept.
            limit: how many of this maker's results are kept at most.
        """
        results = self._recent.setdefault(key[0], {})
        if key not in results:
            if len(results) >= limit:
                for old in list(results)[: limit // 4]:
                    del results[old]
            results[key] = make()
        return cast(_Value, results[key])
