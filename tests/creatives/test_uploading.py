"""Files in pieces: whatever breaks off, in whatever order pieces come again, the bytes taken are those that were sent."""

import hashlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from makegood.core.errors import Invalid, NotAllowed, Refused
from makegood.creatives import matching
from makegood.creatives.actions import receiving, uploading
from makegood.creatives.matching import Deliverable
from makegood.creatives.models import Upload
from makegood.creatives.shapes import Shape
from tests.factories import creatives as make
from tests.factories.creatives import NOW
from tests.personas import client_of


def begin(bank, by, content, name="ad.png"):
    return uploading.begin(name, len(content), bank, None, by=by, at=NOW)


@pytest.fixture
def content(tmp_path):
    return make.banner(tmp_path).read_bytes()


def test_a_file_in_pieces_is_the_file(bank, trafficker, content):
    upload = begin(bank, trafficker, content)
    for start in range(0, len(content), 700):
        upload = uploading.append(upload, start, content[start : start + 700], by=trafficker)
    assert (upload.whole, upload.shape["width"], upload.refusal) == (True, 300, "")
    version = uploading.take(upload, receiving.NewCreative(bank, "Ad"), by=trafficker, at=NOW)
    assert (version.sha256, uploading.path(upload).exists()) == (hashlib.sha256(content).hexdigest(), False)
    with pytest.raises(Refused, match="taken already"):
        uploading.take(Upload.objects.get(), receiving.NewCreative(bank, "Ad"), by=trafficker, at=NOW)


def test_it_goes_on_where_it_stopped(bank, trafficker, content):
    upload = uploading.append(begin(bank, trafficker, content), 0, content[:1000], by=trafficker)
    with uploading.path(upload).open("ab") as file:
        file.write(b"written, and never acknowledged")
    again = begin(bank, trafficker, content)
    assert (again.pk, again.received) == (upload.pk, 1000)
    done = uploading.append(again, 400, content[400:], by=trafficker)  # a piece that overlaps what is here
    assert uploading.path(done).read_bytes() == content


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pieces=st.lists(st.tuples(st.integers(0, 60), st.integers(1, 40)), max_size=20))
def test_any_pieces_leave_a_true_beginning(bank, trafficker, pieces):
    sent = bytes(range(60))
    upload = begin(bank, trafficker, sent, name=f"{Upload.objects.count()}.bin")
    for start, length in pieces:
        try:
            upload = uploading.append(upload, start, sent[start : start + length], by=trafficker)
        except Refused:
            assert start > upload.received
    here = uploading.path(upload).read_bytes() if upload.received else b""
    assert here == sent[: upload.received]


def test_a_gap_too_much_and_too_many_are_refused(bank, trafficker, content, monkeypatch):
    upload = begin(bank, trafficker, content)
    with pytest.raises(Refused, match="the piece begins at 10"):
        uploading.append(upload, 10, b"x", by=trafficker)
    with pytest.raises(Refused):
        uploading.append(upload, 0, content + b"x", by=trafficker)
    for size in (0, 600 * 1024 * 1024):
        with pytest.raises(Invalid):
            uploading.begin("x", size, bank, None, by=trafficker, at=NOW)
    monkeypatch.setattr(uploading, "MOST", 1)
    with pytest.raises(Invalid, match="wait already"):
        begin(bank, trafficker, content, name="second.png")


def test_what_cannot_be_read_says_so_once_it_is_whole(bank, trafficker):
    upload = uploading.append(begin(bank, trafficker, b"%PDF-1.7 x", name="a.pdf"), 0, b"%PDF-1.7 x", by=trafficker)
    assert (upload.shape, "PDF" in upload.refusal) == (None, True)


def test_a_rival_sends_nothing_for_another(bank, rival, content):
    with pytest.raises(NotAllowed):
        begin(bank, client_of(rival.party, "Rita Rival"), content)


def test_what_nobody_goes_on_with_is_forgotten(bank, trafficker, content):
    upload = uploading.append(begin(bank, trafficker, content), 0, content[:10], by=trafficker)
    assert (uploading.clean(at=NOW), uploading.clean(at=NOW + uploading.KEPT * 2), uploading.path(upload).exists()) == (0, 1, False)


DISPLAY = [Deliverable(f"Saver {name}", "display", w, h) for name, w, h in (("rectangle", 300, 250), ("leaderboard", 728, 90), ("rectangle, German", 300, 250))]
SPOT = [Deliverable("Saver spot", "audio", duration_s=30), Deliverable("Saver spot short", "audio", duration_s=15)]


def test_files_are_matched_by_size_then_by_name_each_once():
    files = [("saver_rectangle_german_300x250.png", Shape("display", 300, 250)), ("saver-rectangle.png", Shape("display", 600, 500)),
             ("x.png", Shape("display", 728, 90)), ("y.png", Shape("display", 160, 600)), ("saver.mp3", Shape("audio", duration_s=15.2))]  # fmt: skip
    found = matching.match(files, [*DISPLAY, *SPOT])
    assert [one and one.wanted.name for one in found] == ["Saver rectangle, German", "Saver rectangle", "Saver leaderboard", None, "Saver spot short"]


def test_a_match_that_could_be_another_is_not_sure():
    one = matching.match([("a.png", Shape("display", 300, 250))], DISPLAY)[0]
    sure = matching.match([("a.png", Shape("display", 728, 90))], DISPLAY)[0]
    assert (one.sure, sure.sure) == (False, True)


@given(st.lists(st.sampled_from([(300, 250), (728, 90), (1, 1)]), max_size=6))
def test_no_deliverable_is_given_twice_and_none_of_another_size(sizes):
    found = matching.match([(f"{n}.png", Shape("display", *size)) for n, size in enumerate(sizes)], DISPLAY)
    hits = [(size, one.wanted) for size, one in zip(sizes, found, strict=True) if one]
    assert len({wanted.name for _, wanted in hits}) == len(hits)
    assert all(size == (wanted.width, wanted.height) for size, wanted in hits)
