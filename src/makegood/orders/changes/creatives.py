"""Creative operations as data: another creative, another rotation, another landing page. Who carries them out is downstream."""

from makegood.core.errors import Invalid
from makegood.orders.changes.effects import Effect
from makegood.orders.changes.state import State


class Swap(Effect, frozen=True, kw_only=True, tag="creative.swap", forbid_unknown_fields=True):
    """Version `new` takes the place of `old`, with its weight, click URL and pixels. Names are for reading."""

    old: int
    new: int
    old_name: str = ""
    new_name: str = ""

    @property
    def says(self) -> str:
        """In words."""
        return f"Show {self.new_name or self.new} instead of {self.old_name or self.old} on {self.what}"


class Weights(Effect, frozen=True, kw_only=True, tag="creative.weights", forbid_unknown_fields=True):
    """How often each version is shown among the flight's others: [version, weight, name] each."""

    weights: tuple[tuple[int, int, str], ...]

    def apply(self, state: State) -> State:
        """The same state; Invalid for a weight that would never show."""
        for version, weight, name in self.weights:
            if weight < 1:
                raise Invalid(f"a weight of {weight} would never show {name or version}.", place=self.what, remedy="Give 1 or more.")
        return super().apply(state)

    @property
    def says(self) -> str:
        """In words."""
        return f"Rotate on {self.what}: " + ", ".join(f"{name or version} {weight}" for version, weight, name in self.weights)


class Click(Effect, frozen=True, kw_only=True, tag="creative.click", forbid_unknown_fields=True):
    """Where a click on the version leads."""

    version: int
    url: str
    name: str = ""

    @property
    def says(self) -> str:
        """In words."""
        return f"A click on {self.name or self.version} of {self.what} leads to {self.url}"


OPERATIONS = (Swap, Weights, Click)
