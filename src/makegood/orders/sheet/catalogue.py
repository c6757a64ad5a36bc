"""The products a sheet may name, found by what people type: name, property and name, code, learnt wording."""

import functools
from collections import Counter
from collections.abc import Collection

from makegood.catalog import matching
from makegood.catalog import queries as catalog
from makegood.catalog.models import Product
from makegood.catalog.wording import plain


class Catalogue:
    """Active products (and those of `also`) with properties and placements: three queries, however long the sheet."""

    def __init__(self, also: Collection[int] = ()) -> None:
        self.products = list(catalog.comparable(also))
        self.by_id = {one.pk: one for one in self.products}
        self._same = Counter(plain(one.name) for one in self.products)
        self._known: dict[str, list[Product]] = {}
        for one in self.products:
            for text in set(map(plain, (one.name, one.code, f"{one.property.name}: {one.name}", *one.aliases))):
                self._known.setdefault(text, []).append(one)

    def label(self, product: Product) -> str:
        """How the sheet writes a product: its name, after its property's where another has the same."""
        return product.name if self._same[plain(product.name)] == 1 else f"{product.property.name}: {product.name}"

    def named(self, text: str) -> Product | None:
        """The one product of that name; None when there is none, or more than one."""
        found = self._known.get(plain(text), [])
        return found[0] if len(found) == 1 else None

    def nearest(self, text: str) -> str:
        """The label of the product most like the text; empty when nothing is."""
        offered = self._match(plain(text)).offered
        return self.label(self.by_id[offered[0].product_id]) if offered else ""

    @functools.cached_property
    def _candidates(self) -> tuple[matching.Candidate, ...]:
        return matching.candidates(self.products)

    @functools.cache  # noqa: B019 - lives as long as one check
    def _match(self, text: str) -> matching.Match:
        return matching.match(text, self._candidates)
