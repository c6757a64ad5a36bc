"""Files come in, are told by content, held against the spec and laid out; what cannot be read leaves nothing."""

import pathlib
import zipfile

import pytest
from django.conf import settings

from makegood.core.errors import Invalid, NotAllowed
from makegood.core.models import StoredFile
from makegood.creatives.actions import receiving
from makegood.creatives.models import Creative, Version
from makegood.documents.creatives import samples
from makegood.work.models import Task
from tests.factories import creatives as make
from tests.factories.creatives import NOW
from tests.personas import client_of

BRAND = samples.Brand("Brightwater Bank")


def receive(path, account, **more):
    more = {"by": None, "at": NOW, "creative": receiving.NewCreative(account, "Harbour Saver")} | more
    return receiving.receive(path, name=path.name, **more)


def test_a_good_banner_is_put_to_review(bank, trafficker, reviewer):
    version = make.received(bank, by=trafficker)
    assert (version.status, version.kind, version.number, version.verdict) == ("in_review", "image", 1, "pass")
    assert (version.creative.width, version.creative.height, version.profile.code) == (300, 250, "display-300x250")
    assert (pathlib.Path(settings.ASSETS_FOLDER) / version.asset_path).read_bytes() == version.file.path.read_bytes()
    assert version.file.media_type == "image/png"
    assert list(Task.objects.values_list("key", "owner", "status")) == [("creative.review", reviewer.pk, "open")]


def test_a_heavy_banner_goes_back_with_guidance(bank, reviewer):
    version = make.received(bank, fault="too_heavy")
    assert (version.status, version.verdict) == ("failed", "fail")
    task = Task.objects.get()
    assert (task.key, task.owed_by_id, task.subject_type) == ("creative.correct", bank.pk, "creatives.creative")
    assert task.detail.startswith("This file cannot run yet.\n1. Weight: found ")


def test_the_corrected_version_replaces_the_failing_one(bank, reviewer):
    failing = make.received(bank, fault="too_heavy")
    second = make.received(bank, creative=failing.creative)
    failing.refresh_from_db()
    assert (failing.status, second.number, second.status) == ("withdrawn", 2, "in_review")
    assert sorted(Task.objects.values_list("key", "status")) == [("creative.correct", "done"), ("creative.review", "open")]


def test_a_bundle_is_unpacked_for_the_ad_server(bank, tmp_path):
    version = receive(samples.bundle(tmp_path / "ad.zip", BRAND), bank)
    folder = pathlib.Path(settings.ASSETS_FOLDER) / version.sha256
    assert (version.kind, version.asset_path, version.status) == ("html", f"{version.sha256}/index.html", "in_review")
    assert sorted(path.name for path in folder.iterdir()) == ["ad.js", "background.jpg", "index.html", "style.css"]


def test_audio_video_vast_and_text(bank, tmp_path):
    spot = receive(samples.spot(tmp_path / "spot.mp3"), bank)
    tag = receive(samples.vast(tmp_path / "tag.xml", BRAND, media_url="https://media.example/a.mp4", click_url="https://brightwater.example/"), bank)
    text = receive(samples.native(tmp_path / "copy.json", BRAND, url="https://brightwater.example/"), bank)
    assert [v.kind for v in (spot, tag, text)] == ["audio", "vast_tag", "native"]
    assert [v.creative.format for v in (spot, tag, text)] == ["audio", "video", "native"]
    assert (spot.asset_path, round(spot.creative.duration_s)) == (f"{spot.sha256}/creative.mp3", 15)


@pytest.mark.parametrize(("name", "content"), [("a.png", b"\x89PNG\r\n\x1a\n broken"), ("a.pdf", b"%PDF-1.7"), ("a.svg", b"<svg></svg>"), ("a.xml", b'<!DOCTYPE V [<!ENTITY e "e">]><VAST/>')])
def test_what_cannot_be_read_leaves_nothing(bank, tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(Invalid) as refused:
        receive(path, bank)
    assert refused.value.remedy and refused.value.place
    kept = [Version.objects.count(), Creative.objects.count(), StoredFile.objects.count()]
    assert (kept, [p for p in pathlib.Path(settings.FILES_FOLDER).rglob("*") if p.is_file()]) == ([0, 0, 0], [])


def test_a_zip_bomb_is_refused(bank, tmp_path):
    bomb = tmp_path / "bomb.zip"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("index.html", b"<html></html>" + b"0" * 60_000_000)
    with pytest.raises(Invalid, match="MB"):
        receive(bomb, bank)
    assert Version.objects.count() == 0


def test_an_upload_over_the_limit_stops_while_reading(bank, settings):
    settings.MAKEGOOD_MAX_UPLOAD = 1000
    read = []

    def endless():
        while True:
            read.append(1)
            yield b"x" * 600

    with pytest.raises(Invalid, match="larger"):
        receiving.receive(endless(), name="big.bin", creative=receiving.NewCreative(bank, "Big"), by=None, at=NOW)
    assert (len(read), StoredFile.objects.count()) == (2, 0)


def test_the_named_profile_must_take_the_file(bank):
    with pytest.raises(Invalid, match="takes audio, this is image"):
        make.received(bank, profile="audio-streaming")
    with pytest.raises(Invalid, match="no spec profile nonsense"):
        make.received(bank, profile="nonsense")


def test_the_same_bytes_are_not_a_new_version(bank):
    first = make.received(bank)
    with pytest.raises(Invalid, match="these are the bytes of Harbour Saver v1"):
        make.received(bank, creative=first.creative)
    assert Version.objects.count() == 1


def test_a_copy_of_a_running_creative_is_noted(bank, reviewer):
    running = make.approved(bank, reviewer)
    copy = make.received(bank, name="Another")
    assert [(f["rule"], f["severity"], f["found"]) for f in copy.findings] == [("duplicate", "info", f"the same file runs as {running}")]


def test_a_client_uploads_for_their_own_party_only(bank, rival):
    contact = client_of(rival.party, "Ada Rival")
    with pytest.raises(NotAllowed):
        make.received(bank, by=contact)
    assert make.received(rival, by=contact).status == "in_review"
