"""How alike two pictures are, computed in the database over their 64-bit difference hashes."""

from django.db import models
from django.db.models import F, Func, IntegerField, Value

from makegood.creatives.models import Version

BITS = 64
NEAR = 6  # of 64 bits: resized, re-encoded and slightly retouched copies stay within it


class _BitsApart(Func):
    """bit_count of the exclusive or of two hashes of 16 hex digits (PostgreSQL 14)."""

    template = "bit_count(('x' || %(expressions)s)::bit(64))"
    arg_joiner = ")::bit(64) # ('x' || "
    output_field = IntegerField()


def measured(versions: models.QuerySet[Version], dhash: str, path: str = "dhash") -> models.QuerySet[Version]:
    """Rows that have a picture hash at `path`, annotated with `apart`, the bits in which it differs from `dhash`."""
    return versions.exclude(**{path: ""}).annotate(apart=_BitsApart(F(path), Value(dhash)))


def percent(apart: int) -> int:
    """Bits apart as the likeness people read: 100 is the same picture."""
    return round(100 * (BITS - apart) / BITS)
