"""As much of DER (X.690) as a detached CMS signature takes: writing values, reading them back strictly."""

from collections.abc import Iterator

SEQUENCE, SET, OID, OCTETS, INTEGER, NULL, CONTEXT_0 = 0x30, 0x31, 0x06, 0x04, 0x02, 0x05, 0xA0


def value(tag: int, *parts: bytes) -> bytes:
    """A value of `tag` around `parts`, with the one length encoding DER allows."""
    body = b"".join(parts)
    if len(body) < 0x80:
        return bytes([tag, len(body)]) + body
    size = len(body).to_bytes((len(body).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(size)]) + size + body


def oid(dotted: str) -> bytes:
    """An object identifier."""
    first, second, *rest = map(int, dotted.split("."))
    return value(OID, b"".join(_base128(one) for one in (40 * first + second, *rest)))


def children(data: bytes) -> Iterator[tuple[int, bytes, bytes]]:
    """(tag, body, whole) of each value in `data`. Raises ValueError where it is not DER."""
    at = 0
    while at < len(data):
        if at + 2 > len(data):
            raise ValueError("a value ends early")
        tag, size, head = data[at], data[at + 1], 2
        if size & 0x80:
            head = 2 + (size & 0x7F)
            size = int.from_bytes(data[at + 2 : at + head], "big")
        end = at + head + size
        if end > len(data) or value(tag, data[at + head : end]) != data[at:end]:
            raise ValueError("a length is not as DER writes it")
        yield tag, data[at + head : end], data[at:end]
        at = end


def inside(data: bytes, tag: int) -> list[tuple[int, bytes, bytes]]:
    """The values inside the one value of `tag` that `data` is."""
    found = list(children(data))
    if len(found) != 1 or found[0][0] != tag:
        raise ValueError("another value stands where a signature has its own")
    return list(children(found[0][1]))


def _base128(number: int) -> bytes:
    out = bytes([number & 0x7F])
    while number := number >> 7:
        out = bytes([0x80 | number & 0x7F]) + out
    return out
