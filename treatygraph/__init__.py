"""treatygraph: a knowledge graph of arms control.

Which treaties remain between two powers, on any day and with reasons:

    import treatygraph

    graph = treatygraph.open()
    answer = graph.between("US", "Russia", on="2021-05-28")
    print(answer.answer)
"""

from typing import TYPE_CHECKING

from treatygraph.model import version

if TYPE_CHECKING:
    from treatygraph.graph import Graph
    from treatygraph.graph import open_graph as open

__version__ = version.VERSION
__all__ = ["Graph", "__version__", "open"]


def __getattr__(name: str) -> object:
    """Import the graph only when it is asked for: the command line starts without it."""
    if name in ("Graph", "open"):
        from treatygraph import graph

        return {"Graph": graph.Graph, "open": graph.open_graph}[name]
    raise AttributeError(f"module 'treatygraph' has no attribute '{name}'")
