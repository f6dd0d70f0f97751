"""Paints a picture as PNG in a process of its own: what paints for strangers reads one drawing, and ends.

``python -m treatygraph.site.painting WIDTH`` takes an SVG on stdin and gives the picture on stdout. What paints opens
files of fonts; the workers can open none, and leave it to this process.
"""

from __future__ import annotations

import sys

from treatygraph.draw.png import png_of

__all__: list[str] = []


def _main() -> None:
    sys.stdout.buffer.write(png_of(sys.stdin.buffer.read().decode(), int(sys.argv[1])))


if __name__ == "__main__":
    _main()
