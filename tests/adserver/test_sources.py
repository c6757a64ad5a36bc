"""Who asked: networks without addresses, declared robots, data centres, devices."""

import pytest

from makegood.adserver import sources
from makegood.adserver.events import Source
from makegood.adserver.http import Request

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0"


def request(peer: str = "203.0.113.77", **headers: str) -> Request:
    return Request(
        "GET", "/", "", {"user-agent": FIREFOX} | {k.replace("_", "-"): v for k, v in headers.items()}, b"", peer
    )


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        (request(), Source("203.0.113.0/24", "", False, False)),
        (request("198.51.100.9"), Source("198.51.100.0/24", "", True, False)),
        (request("198.51.200.9"), Source("198.51.200.0/24", "", True, False)),
        (request("2001:db8:1:2::3"), Source("2001:db8:1::/48", "", True, False)),
        (request("::ffff:203.0.113.77"), Source("203.0.113.0/24", "", False, False)),
        (request("nonsense"), Source("", "", False, False)),
        (request(user_agent=""), Source("203.0.113.0/24", "no-user-agent", False, False)),
        (request(user_agent="curl/8"), Source("203.0.113.0/24", "curl/", False, False)),
        (request(user_agent="OurOwnRobot 1"), Source("203.0.113.0/24", "ourownrobot", False, False)),
        (request(sec_purpose="prefetch;prerender"), Source("203.0.113.0/24", "", False, True)),
        (request(x_forwarded_for="1.2.3.4"), Source("203.0.113.0/24", "", False, False)),
    ],
)
def test_flags(asked: Request, found: Source, tmp_path) -> None:
    (tmp_path / "bots").write_text("# ours\nOurOwnRobot\n")
    (tmp_path / "networks").write_text("198.51.0.0/16\n198.51.100.0/28 # nested\n2001:db8::/32\n")
    assert sources.load(tmp_path / "bots", tmp_path / "networks", False).known(asked) == found


def test_a_proxy_of_our_own_is_believed_for_its_last_entry() -> None:
    believed = sources.load(None, None, True).of(request("10.0.0.1", x_forwarded_for="6.6.6.6, 192.0.2.55"))
    assert believed.ip == "192.0.2.0/24"


@pytest.mark.parametrize(
    ("agent", "device"),
    [
        (FIREFOX, "desktop"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Mobile/15E148 Safari/604.1", "mobile"),
        ("Mozilla/5.0 (Linux; Android 16; Pixel 10) Chrome/140 Mobile Safari/537.36", "mobile"),
        ("Mozilla/5.0 (Linux; Android 15; SM-X900) Chrome/140 Safari/537.36", "tablet"),
        ("Mozilla/5.0 (SMART-TV; Linux; Tizen 9.0)", "tv"),
        ("", "unknown"),
    ],
)
def test_devices(agent: str, device: str) -> None:
    assert sources.device_of(agent) == device
