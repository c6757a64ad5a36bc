"""The IAB's sample VAST documents as an advertiser's tags: refused for what is wrong with them, else wrapped and served."""

import os
import pathlib
import re

import pytest
from lxml import etree

from makegood.documents.creatives.probe import probe
from makegood.engine import specs
from tests.adserver import breaks, plans
from tests.adserver.conftest import Server
from tests.adserver.test_vast import NS, SHARED_CASES, faults

FOLDER = pathlib.Path(os.environ.get("MAKEGOOD_CASES", SHARED_CASES)) / "vast/samples"
SAMPLES = {f"{path.parent.name[5:8]} {path.name}": path for path in sorted(FOLDER.glob("*/*.xml"))}
SMALL = ("Event_Tracking", "Inline_Companion_Tag", "Inline_Linear_Tag", "No_Wrapper_Tag", "Video_Clicks_and_click_tracking-Inline")
MORE = {
    **{f"3.0 {name}-test.xml": {"media_min_size"} for name in SMALL},  # 400x300, and no larger one
    "4.1 SSAI_stitching_mezzanine_file_support-test.xml": {"no_vpaid"}, "4.1 Wrapper_Tag-test.xml": {"no_vpaid"},
    "3.0 Inline_Non-Linear_Tag-test.xml": {"vast_linear"}, "4.1 Inline_Non-Linear_Tag-test.xml": {"vast_linear"},
}  # fmt: skip
SECURE = {"4.1 Inline_Non-Linear_Tag-test.xml", "4.1 Wrapper_Tag-test.xml"}  # every address of theirs is https already
pytestmark = pytest.mark.skipif(not SAMPLES, reason="the IAB samples are not on this machine: set MAKEGOOD_CASES")


def blocked(path: pathlib.Path) -> set[str]:
    """Rules that keep a tag out of a video placement."""
    findings = specs.check(probe(path, name=path.name), specs.by_code("vast-online"))
    assert all(finding.fix and finding.where for finding in findings)
    return {finding.rule for finding in findings if finding.severity == "block"}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_refused_for_what_is_wrong_with_it(name: str) -> None:
    assert blocked(SAMPLES[name]) == MORE.get(name, set()) | (set() if name in SECURE else {"vast_https"})


@pytest.mark.parametrize("name", SAMPLES)
def test_with_secure_addresses_it_is_accepted_and_served_in_our_wrapper(server_of_tags: Server, name: str, tmp_path: pathlib.Path) -> None:
    data = re.sub(rb"http://(?!www\.(iab\.com/VAST|w3\.org))", b"https://", SAMPLES[name].read_bytes())
    (tmp_path / "tag.xml").write_bytes(data)
    assert blocked(tmp_path / "tag.xml") == MORE.get(name, set())
    if name in MORE:
        return
    (server_of_tags.assets / plans.SHA["draft"] / "tag.xml").write_bytes(data)
    wrapper = etree.fromstring(server_of_tags.get("/vast?placement=tag").body)
    assert faults(wrapper) == []
    fetched = server_of_tags.get(wrapper.findtext(".//v:VASTAdTagURI", None, NS))
    assert (fetched.status, fetched.body, fetched.headers["access-control-allow-origin"]) == (200, data, "*")
    assert "xml" in fetched.headers["content-type"]


@pytest.fixture(scope="module")
def server_of_tags(tmp_path_factory: pytest.TempPathFactory):
    made = Server(tmp_path_factory.mktemp("tags"))
    started = made.start()
    made.stop()
    tag = f"http://127.0.0.1:{started.port}/assets/{plans.SHA['draft']}/tag.xml"
    made.publish(breaks.plan(tag).to_json())
    made.start("--port", str(started.port))
    yield made
    made.stop()
