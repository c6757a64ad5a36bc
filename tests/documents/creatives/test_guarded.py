"""The child is capped, and whatever happens to it the caller gets facts or a named refusal."""

import json
import os
import subprocess
import sys

import pytest
from PIL import Image

from makegood.documents.creatives import UnreadableCreative, forking, guarded, probe_guarded, report
from makegood.documents.creatives.caps import DEFAULT
from makegood.documents.creatives.probe import probe
from makegood.engine import specs

from . import making


def test_the_child_finds_what_the_probe_finds(tmp_path):
    path = tmp_path / "ad.png"
    path.write_bytes(making.png())
    assert probe_guarded(path, "ad.png") == probe(path, name="ad.png")


def test_a_refusal_crosses_the_border_whole(tmp_path):
    path = tmp_path / "tag.xml"
    path.write_bytes(making.vast(head="<!DOCTYPE x>"))
    with pytest.raises(UnreadableCreative) as far:
        probe_guarded(path, "tag.xml")
    with pytest.raises(UnreadableCreative) as near:
        probe(path, name="tag.xml")
    assert far.value.to_json() == near.value.to_json()


def big_picture(path):
    Image.new("RGB", (6000, 6000)).save(path, "PNG")
    return path


def test_too_little_memory_is_said_and_enough_is_enough(tmp_path):
    path = big_picture(tmp_path / "ad.png")
    with pytest.raises(UnreadableCreative) as refused:
        probe_guarded(path, "ad.png", memory_mb=100)
    assert refused.value.rule in ("file.too_hungry", "file.unreadable")
    assert probe_guarded(path, "ad.png", memory_mb=900).width == 6000 <= DEFAULT.pixels


def readers(body):
    """Readers whose every answer is this code instead."""
    code = f"import os, socket, sys, time\nfrom makegood.documents.creatives import child\ndef answer(order):\n    {body}\nchild.answer = answer\nchild.serve(socket.socket(fileno=int(sys.argv[1])))"
    return forking.Forker([sys.executable, "-c", code])


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "ad.png"
    path.write_bytes(making.png())
    return path


@pytest.mark.parametrize("body", ["time.sleep(60)", "exec('while True: pass')"])
def test_a_reader_that_takes_too_long_is_ended(picture, monkeypatch, body):
    monkeypatch.setattr(guarded, "READERS", readers(body))
    with pytest.raises(UnreadableCreative) as refused:
        probe_guarded(picture, "ad.png", seconds=1)
    assert refused.value.rule == "file.too_slow"
    guarded.READERS.close()


@pytest.mark.parametrize("body", ["os.abort()", "return {}", "os._exit(0)", "raise SystemExit(3)", "os.kill(os.getppid(), 9)"])
def test_a_reader_that_fails_is_a_named_refusal(picture, monkeypatch, body):
    monkeypatch.setattr(guarded, "READERS", readers(body))
    with pytest.raises(UnreadableCreative) as refused:
        probe_guarded(picture, "ad.png")
    assert refused.value.rule == "file.unreadable"
    guarded.READERS.close()


def test_the_readers_are_started_again_when_they_have_died(picture):
    fresh = forking.Forker(guarded.READERS.command)
    order = {"do": "probe", "path": str(picture), "name": "ad.png", "number": 0, "seconds": 10, "memory_mb": 512}
    before = fresh.ask(order)
    fresh._process.kill()
    fresh._process.wait()
    after = fresh.ask(order)
    assert (before.code, after.code, before.written) == (0, 0, after.written)
    fresh.close()


def test_each_file_is_read_in_a_process_of_its_own(picture, monkeypatch):
    counting = readers("answer.count = getattr(answer, 'count', 0) + 1; return {'pid': os.getpid(), 'count': answer.count}")
    order = {"do": "probe", "path": "", "name": "", "number": 0, "seconds": 5, "memory_mb": 512}
    said = [json.loads(counting.ask(order).written) for _ in range(3)]
    assert [one["count"] for one in said] == [1, 1, 1] and len({one["pid"] for one in said}) == 3
    counting.close()


def test_the_limits_really_hold_in_the_child():
    code = (
        "import resource as r; from makegood.documents.creatives.child import limit; limit(2, 64);"
        "print([r.getrlimit(x)[0] for x in (r.RLIMIT_CPU, r.RLIMIT_DATA, r.RLIMIT_FSIZE, r.RLIMIT_CORE)]);"
        "bytearray(200 << 20)"
    )
    child = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=forking.environment())
    assert json.loads(child.stdout) == [2, 64 << 20, 0, 0]
    assert "MemoryError" in child.stderr


def test_the_reader_does_not_import_from_the_client_s_folder(tmp_path, monkeypatch):
    (tmp_path / "zlib.py").write_text("raise SystemExit(9)")
    (tmp_path / "PIL.py").write_text("raise SystemExit(9)")
    (tmp_path / "ad.png").write_bytes(making.png())
    monkeypatch.chdir(tmp_path)
    assert probe_guarded(tmp_path / "ad.png", "ad.png").width == 300


def test_secrets_do_not_reach_the_child(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://secret")
    assert "DATABASE_URL" in os.environ and "DATABASE_URL" not in forking.environment()


def test_a_report_has_one_form(tmp_path):
    path = tmp_path / "ad.png"
    path.write_bytes(making.png((301, 250)))
    told = report(path)
    assert list(told) == ["file", "format", "profile", "verdict", "findings"]
    assert [told[key] for key in ("file", "format", "profile", "verdict")] == ["ad.png", "image", "display-300x250@2", "block"]
    assert [list(finding) for finding in told["findings"]] == [
        ["rule", "severity", "found", "required", "where", "fix", "source"]
    ]
    assert told["findings"][0]["fix"] == "Export the artwork again at 300x250 pixels: it is 301x250."
    assert json.loads(json.dumps(told)) == told


def test_an_unreadable_file_is_a_failed_report(tmp_path):
    path = tmp_path / "ad.svg"
    path.write_bytes(b"<svg/>")
    told = report(path, specs.by_code("display-300x250"), name="logo.svg")
    assert (told["file"], told["format"], told["verdict"]) == ("logo.svg", "unknown", "block")
    assert [finding["rule"] for finding in told["findings"]] == ["file.svg"]


def test_the_report_of_a_cut_file_names_the_format_it_announced(picture):
    picture.write_bytes(picture.read_bytes()[:100])
    told = report(picture)
    assert (told["format"], told["profile"], told["verdict"]) == ("image", "none", "block")
    assert [finding["rule"] for finding in told["findings"]] == ["image.damaged"]


def test_a_name_that_is_no_text_is_reported_all_the_same(tmp_path):
    path = tmp_path / os.fsdecode(b"\xff\xfe.png")
    path.write_bytes(making.png())
    told = report(path)
    assert (told["file"], told["verdict"]) == ("??.png", "pass") and json.dumps(told, ensure_ascii=False).encode()
