"""The whole a record belongs to when only its name is known: upstream packages never hold keys to downstream records."""


class RootName:
    """A root known by type and id, shaped like a record for the activity log."""

    def __init__(self, kind: str, pk: int) -> None:
        self.pk = pk
        self._meta = type("Meta", (), {"label_lower": kind})
