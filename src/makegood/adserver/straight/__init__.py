"""The straight path of POST /ad: ordinary requests of one turn read, decided and answered by compiled code.

Ordinary is a strict subset of what the general path takes (decision 8 in docs lists it); whatever is not, or asks for
something not met before, goes the general way, which also teaches this one. A test holds both answers against each other.
"""

from makegood.adserver.straight.warming import warm

__all__ = ["warm"]
