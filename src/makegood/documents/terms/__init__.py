"""A client's terms held against our paper: read, split into clauses, aligned word by word, figures pulled out. No language model.

The same text always gives the same answer, and every answer says what it rests on.
"""

from makegood.documents.terms.comparing import compare
from makegood.documents.terms.policy import Policy, standard
from makegood.documents.terms.reading import read
from makegood.documents.terms.splitting import split
from makegood.documents.terms.views import Clause, Compared, Comparison, FigureDifference, Part, Stretch

__all__ = ["Clause", "Compared", "Comparison", "FigureDifference", "Part", "Policy", "Stretch", "compare", "read", "split", "standard"]
