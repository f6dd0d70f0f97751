"""What every answer that can be cited brings."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from treatygraph.answers.citation.works import CitedSubject
from treatygraph.model.display import bundle, html
from treatygraph.model.version import Edition  # at run time too: the schemas of answers look its name up

if TYPE_CHECKING:
    from datetime import date

    from treatygraph.answers.citation.citation import Citation

__all__ = ["Citable"]

_SENTENCE = re.compile(r"(?<=[.!?]) ")


class Citable:
    """An answer that can be cited; ``answer`` is its sentence."""

    answer: str
    edition: Edition | None

    @property
    def subject(self) -> CitedSubject:
        """What a citation says of it; by default the first sentence is the title."""
        return CitedSubject("answer", _SENTENCE.split(self.answer, maxsplit=1)[0].rstrip("."), "")

    def to_dict(self) -> dict[str, Any]:
        """The answer in its plain form, which JSON gives."""
        raise NotImplementedError

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        """What a notebook shows: the sentence, lists that fold, notes; and as plain text beside it."""
        return bundle(self.to_dict())

    def _repr_html_(self) -> str:
        """The same for tools that ask for HTML alone."""
        return html(self.to_dict())

    def cite(self, accessed: date | None = None) -> Citation:
        """Its citation as text, BibTeX, CSL-JSON and RIS, without the sources: ``Graph.cite`` lists these too.

        Args:
            accessed: the day on which it was read; None: it is not said.
        """
        from treatygraph.answers.citation.citation import citation_of

        return citation_of(self.subject, self.edition, accessed=accessed)
