"""R11 and R13: whatever the file, the reader ends in time and in memory with facts or a named reason, and asks nobody."""

import json
import socket
import sys
import threading
import urllib.request

import pytest

from bench import creative_files
from makegood.documents.creatives import forking, guarded, report

from . import hostile, hostile_tags, making

SECONDS, MEMORY_MB = 10, 512
LIMITS = {"seconds": SECONDS, "memory_mb": MEMORY_MB}


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    return hostile.good_files(tmp_path_factory.mktemp("good"))


@pytest.fixture
def canary():
    """An address that counts who calls."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        calls = []

        def answer():
            while True:
                try:
                    caller, _ = server.accept()
                except OSError:
                    return
                calls.append(caller.recv(100))
                caller.close()

        threading.Thread(target=answer, daemon=True).start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}", calls
        server.shutdown(socket.SHUT_RDWR)


def breaches(readers, path, name, cpu_s=SECONDS):
    """What a reader did that no file may make it do."""
    reply = readers.ask({"do": "probe", "path": str(path), "name": name, "number": 0, **LIMITS})
    if reply.code != 0 or reply.late:
        return [f"ended with {reply.code}" + (", late" if reply.late else "")]
    said = json.loads(reply.written)
    found = [f"took {reply.peak_mb:.0f} MB"] if reply.peak_mb > MEMORY_MB else []
    found += [f"took {reply.cpu_s:.2f} s of CPU"] if reply.cpu_s > cpu_s else []
    if "refusal" in said:
        return found + [f"no {key}" for key in ("rule", "reason", "where", "remedy") if not said["refusal"][key]]
    return found if "facts" in said or said.get("spent") == "MemoryError" else [*found, f"{said}"]


def tried(readers, pairs, folder, cpu_s=SECONDS):
    """Breaches over all files, each with its number, so that it can be made again."""
    path, found = folder / "upload", []
    for number, (name, data) in enumerate(pairs):
        path.write_bytes(data)
        found += [(number, name, breach) for breach in breaches(readers, path, name, cpu_s)]
    return found


def test_bad_files_are_read_or_named(good, tmp_path):
    assert tried(guarded.READERS, hostile.files(good, seed=1, count=500), tmp_path) == []


@pytest.mark.nightly
def test_ten_thousand_bad_files_are_read_or_named(good, tmp_path):
    assert tried(guarded.READERS, hostile.files(good, seed=11, count=10_000), tmp_path) == []


@pytest.mark.nightly
def test_two_hundred_good_files_are_all_accepted(tmp_path):
    for case in [case for case in creative_files.cases(11) if not case.rule]:
        case.write(tmp_path / case.name)
        assert report(tmp_path / case.name, case.held_against)["verdict"] != "block", case.name


def test_hostile_xml_is_read_or_named_and_calls_nobody(canary, tmp_path):
    address, calls = canary
    documents = (("tag.xml", data) for data in hostile_tags.documents(1, 500, address))
    assert tried(guarded.READERS, documents, tmp_path, cpu_s=1) == []
    assert calls == []


@pytest.mark.nightly
def test_ten_thousand_hostile_documents(canary, tmp_path):
    address, calls = canary
    documents = (("tag.xml", data) for data in hostile_tags.documents(13, 10_000, address))
    assert tried(guarded.READERS, documents, tmp_path, cpu_s=1) == []
    assert calls == []


# Negative controls: with a guard taken away the same test turns red.
UNCAPPED = """
import dataclasses, socket, sys
from makegood.documents.creatives import caps, child, probe
huge = {one.name: 10**12 for one in dataclasses.fields(caps.Caps) if one.name != "file_bytes"}
none = caps.Caps(file_bytes=dict.fromkeys(caps.FILE_BYTES, 10**12), **huge)
child.probe = lambda path, name: probe.probe(path, name=name, caps=none)
"""
UNLIMITED = UNCAPPED + "child.limit = lambda seconds, memory_mb: None\n"
TRUSTING = UNCAPPED + """
from makegood.documents.creatives import markup
from lxml import etree
markup._scan = lambda text, name, caps: None
markup.etree = type("E", (), {"fromstring": etree.fromstring, "XMLSyntaxError": etree.XMLSyntaxError, "XMLParser": lambda **_: etree.XMLParser(huge_tree=True, load_dtd=True, resolve_entities=True)})
"""


@pytest.fixture
def without():
    """Readers started with this code before they serve."""
    started = []

    def start(code):
        started.append(forking.Forker([sys.executable, "-c", code + "child.serve(socket.socket(fileno=int(sys.argv[1])))"]))
        return started[-1]

    yield start
    for one in started:
        one.close()


def test_without_caps_a_bomb_takes_the_memory(without, tmp_path):
    path = making.zipped(tmp_path / "ad.zip", {"index.html": making.PAGE, "a.png": b"\0" * (560 << 20)})
    assert breaches(guarded.READERS, path, "ad.zip") == []
    (breach,) = breaches(without(UNLIMITED), path, "ad.zip")
    assert breach.endswith(" MB") and float(breach.split()[1]) > MEMORY_MB


def test_without_the_cap_on_elements_a_wide_tag_takes_more_than_its_second(without, tmp_path):
    # Depth is also stopped by libxml2 itself, at 2,048 levels; nothing but our cap stops width.
    path = tmp_path / "tag.xml"
    path.write_text(hostile_tags.OPEN + "<Ad/>" * 50_000 + hostile_tags.CLOSE)
    assert breaches(guarded.READERS, path, "tag.xml", cpu_s=1) == []
    assert breaches(without(TRUSTING), path, "tag.xml", cpu_s=1) != []


def test_with_document_types_a_tag_reads_the_server_s_files(without, tmp_path):
    secret, path = tmp_path / "secret.txt", tmp_path / "tag.xml"
    secret.write_text("the seller's own")
    path.write_text(f'<!DOCTYPE VAST [<!ENTITY x SYSTEM "file://{secret}">]>{hostile_tags.OPEN}<Ad><InLine><AdTitle>&x;</AdTitle></InLine></Ad></VAST>')
    order = {"do": "probe", "path": str(path), "name": "tag.xml", "number": 0, **LIMITS}
    assert b"the seller" not in guarded.READERS.ask(order).written
    assert b"the seller" in without(TRUSTING).ask(order).written


def test_the_canary_counts_a_call(canary):
    address, calls = canary
    with pytest.raises(OSError):
        urllib.request.urlopen(f"{address}/v.dtd", timeout=5)
    assert calls
