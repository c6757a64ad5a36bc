"""Ways to write an address that leads inside: host forms × shapes of the address, and redirects to each of them."""

import dataclasses
import itertools
import random
from collections.abc import Iterator
from urllib.parse import quote

LOOPBACK = (
    "127.0.0.1", "127.0.0.1.", "2130706433", "017700000001", "0177.0.0.1", "0177.0000.0000.0001", "00000000177.0.0.1", "0x7f.0.0.1",
    "0x7f000001", "0x7F.0x00.0x00.0x01", "0x7f.1", "127.1", "127.0.1", "0177.1", "127.0x1", "6425673729", "127.0.0.1%2e", "%31%32%37.0.0.1",
    "0", "0.0.0.0", "0x0", "00", "localhost", "LOCALHOST", "LocalHost.", "localhost.localdomain", "ip6-localhost", "[::1]", "[0:0:0:0:0:0:0:1]",
    "[0000:0000:0000:0000:0000:0000:0000:0001]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:ffff:127.0.0.1]", "[::127.0.0.1]",
    "[::7f00:1]", "[64:ff9b::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[::1%25lo]", "[::ffff:0:7f00:1]", "１２７.０.０.１", "①②⑦.⓪.⓪.①",
    "127。0。0。1", "127．0．0．1", "ｌｏｃａｌｈｏｓｔ", "inside.test", "INSIDE.test.", "mapped.test", "loop6.test", "mixed.test", "rebind.test", "127.0.0.1.nip.test",
)  # fmt: skip
"""Each means this machine, to one reader of addresses or another."""
NEIGHBOURS = (
    "10.0.0.1", "10.255.255.255", "172.16.0.1", "172.31.255.254", "192.168.0.1", "192.168.1.1", "169.254.169.254", "169.254.0.1", "100.64.0.1",
    "100.100.100.200", "168.63.129.16", "192.0.0.192", "198.18.0.1", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255", "[fe80::1]",
    "[fd00:ec2::254]", "[fc00::1]", "[ff02::1]", "[fec0::1]", "[::ffff:169.254.169.254]", "[::ffff:10.0.0.1]", "[64:ff9b::a9fe:a9fe]",
    "[2002:a9fe:a9fe::]", "[2001:db8::1]", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "metadata.test", "private.test", "mixed-private.test",
)  # fmt: skip
"""Each means a machine beside ours, or none on the public internet."""
SHAPES = (
    "http://{host}:{port}/{path}", "https://{host}:{port}/{path}", "HTTP://{host}:{port}/{path}", "http://{host}:{port}#@public.test/{path}",
    "http://{host}:{port}?{path}", "http://public.test@{host}:{port}/{path}", "http://public.test:{port}@{host}:{port}/{path}",
    "http://public.test\\@{host}:{port}/{path}", "http://{host}:{port}\\@public.test/{path}", "http:\\\\{host}:{port}\\{path}", "http:/{host}:{port}/{path}",
    "http:///{host}:{port}/{path}", "//{host}:{port}/{path}", " http://{host}:{port}/{path}", "http://{host}:{port}\t/{path}",
    "http://{host}:{port}/{path}\r\nHost: public.test", "ftp://{host}:{port}/{path}", "gopher://{host}:{port}/_{path}", "dict://{host}:{port}/{path}",
    "ws://{host}:{port}/{path}", "file://{host}/etc/hostname", "jar:http://{host}:{port}!/{path}", "view-source:http://{host}:{port}/{path}",
)  # fmt: skip
STEPS = (301, 302, 303, 307, 308)
NAMES = {
    "public.test": ["127.0.0.2"], "inside.test": ["127.0.0.1"], "localhost": ["127.0.0.1"], "localhost.localdomain": ["127.0.0.1"], "ip6-localhost": ["::1"], "mapped.test": ["::ffff:127.0.0.1"], "loop6.test": ["::1"],
    "mixed.test": ["127.0.0.2", "127.0.0.1"], "127.0.0.1.nip.test": ["127.0.0.1"], "metadata.test": ["169.254.169.254"], "private.test": ["10.0.0.1"],
    "mixed-private.test": ["127.0.0.2", "10.0.0.1"],
}  # fmt: skip


@dataclasses.dataclass(frozen=True)
class Ports:
    """Where the canary listens and where what may be fetched does."""

    canary: int
    public: int


def forms(ports: Ports) -> list[str]:
    """Every host in every shape, without a path of its own."""
    pairs = itertools.product((*LOOPBACK, *NEIGHBOURS), SHAPES)
    return [shape.format(host=host, port=ports.canary, path="") for host, shape in pairs]


def drawn(ports: Ports, count: int, seed: int) -> Iterator[str]:
    """`count` addresses: forms as they are, others behind one or two redirects of an allowed machine, paths drawn from `seed`."""
    rng = random.Random(seed)
    hosts = (*LOOPBACK, *NEIGHBOURS)
    for number in range(count):
        host = hosts[number % len(hosts)]
        shape = SHAPES[number // len(hosts) % len(SHAPES)]
        url = shape.format(host=host, port=ports.canary, path=f"{rng.getrandbits(40):x}")
        for _ in range(rng.choice((0, 0, 1, 2))):
            url = f"http://public.test:{ports.public}/{rng.choice(STEPS)}?to={quote(url, safe='')}"
        yield url
