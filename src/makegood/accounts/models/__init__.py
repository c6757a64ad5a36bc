"""The records of accounts."""

from makegood.accounts.models.account import Account, Alias, Contact, Merge
from makegood.accounts.models.contract import Contract, Exclusivity, Tier
from makegood.accounts.models.relations import Brand, Representation

__all__ = ["Account", "Alias", "Brand", "Contact", "Contract", "Exclusivity", "Merge", "Representation", "Tier"]
