"""The agents' tools as a door that ignorance may turn no yes or no at."""

from __future__ import annotations

from collections.abc import Iterator

from ignorance import DOORS as OTHERS
from ignorance import Compared, Door, Records, bound_by, partners
from treatygraph.agents.desk import Desk
from treatygraph.agents.tool import Tool
from treatygraph.agents.tools_between import TOOLS as BETWEEN_TOOLS
from treatygraph.agents.tools_between import BetweenArguments, BetweenLine, StandingsArguments, StandingsLine
from treatygraph.model.version import EDITION_DAY

__all__ = ["DOORS"]


def by_agents(records: Records) -> Iterator[Compared]:
    """The agents' table of standings, and their list of what holds two states: of every third."""
    for item, day in list(records.each())[::3]:
        table = StandingsArguments(instruments=(item.instrument,), states=(item.state,), on=day)
        pair = BetweenArguments(a=item.state, b=partners(records, item, day)[0], on=day)
        what = f"{item.instrument} {item.state} on {day}"
        desks = [Desk(one, lambda: EDITION_DAY) for one in (records.whole, records.less)]
        rows = [_tool("standings").run(desk, table).lines[0].record for desk in desks]
        cells = (row.standings[item.instrument] for row in rows if isinstance(row, StandingsLine))
        yield Compared(what, *(bound_by(cell.standing) for cell in cells))
        whole, less = (_tool("between").run(desk, pair) for desk in desks)
        held = [
            any(isinstance(line.record, BetweenLine) and line.record.id == item.instrument for line in answer.lines)
            for answer in (whole, less)
        ]
        left_open = less.counts["not_known"] > whole.counts["not_known"]
        yield Compared(f"{what}, among what holds", held[0] or None, None if left_open else held[1])


def _tool(name: str) -> Tool:
    return next(tool for tool in BETWEEN_TOOLS if tool.name == name)


DOORS: dict[str, Door] = {**OTHERS, "agents": by_agents}
