"""How a number came about: terms with operators, a result, where the rows are and as of when."""

import dataclasses
from collections.abc import Sequence


@dataclasses.dataclass(frozen=True, slots=True)
class Term:
    """One line of a sum, already formatted. The line with op "=" is the result."""

    op: str
    label: str
    figure: str
    url: str = ""


@dataclasses.dataclass(frozen=True)
class Explanation:
    """Title, terms, a note, a link to the source rows and the time the inputs are of."""

    title: str
    terms: Sequence[Term] = ()
    note: str = ""
    source_url: str = ""
    as_of: str = ""
    formula: Sequence[Term] = ()
