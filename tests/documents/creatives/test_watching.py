"""What is seen of a video: black, stillness, bars and flashing, on pictures whose truth is known."""

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.documents.creatives.caps import Caps
from makegood.documents.creatives.flicker import Flicker
from makegood.documents.creatives.probe import probe
from makegood.documents.creatives.watching import Watcher
from makegood.engine.specs.facts import Stretch

from . import making

FPS = 25
MOVING = np.random.default_rng(1).integers(60, 200, (180, 320 + 200, 3), dtype=np.uint8)


def moving(count):
    """Pictures of which each differs from the last all over."""
    return [np.ascontiguousarray(MOVING[:, number : number + 320]) for number in range(count)]


def plain(level, count):
    return [np.full((180, 320, 3), level, np.uint8)] * count


def watch(pictures, fps=FPS):
    watcher = Watcher()
    for number, picture in enumerate(pictures):
        watcher.take(av.VideoFrame.from_ndarray(picture, format="rgb24"), number / fps)
    watcher.close(len(pictures) / fps)
    return watcher


def test_black_is_found_to_the_frame():
    seen = watch([*plain(0, 10), *moving(20), *plain(8, 25), *moving(5), *plain(0, 4)])
    assert seen.black.stretches == [Stretch(0.0, 0.4), Stretch(1.2, 2.2)]  # the last four frames are too few to count
    assert seen.frozen.stretches == []


def test_a_picture_that_stands_still_is_found_and_a_moving_one_is_not():
    seen = watch([*moving(10), *[moving(1)[0]] * 50, *moving(10)])
    assert seen.frozen.stretches == [Stretch(0.4, pytest.approx(2.4, abs=0.041))]
    noisy = [np.clip(MOVING[:, :320].astype(int) + np.random.default_rng(n).integers(-1, 2, (180, 320, 3)), 0, 255).astype(np.uint8) for n in range(40)]
    assert watch(noisy).frozen.stretches == [Stretch(0.0, 1.6)]
    assert watch(moving(60)).frozen.stretches == []


def test_something_small_that_moves_is_movement():
    pictures = plain(90, 1) * 40
    pictures = [one.copy() for one in pictures]
    for number, picture in enumerate(pictures):
        picture[80:100, 4 * number : 4 * number + 20] = 250
    assert watch(pictures).frozen.stretches == []


@pytest.mark.parametrize("where", ["top_bottom", "left_right", "none"])
def test_bars_are_measured(where):
    pictures = moving(10)
    for picture in pictures:
        if where == "top_bottom":
            picture[:24] = picture[-24:] = 0
        elif where == "left_right":
            picture[:, :40] = picture[:, -40:] = 0
    wanted = {"top_bottom": (24 / 180, 24 / 180, 0, 0), "left_right": (0, 0, 40 / 320, 40 / 320), "none": (0, 0, 0, 0)}
    assert watch(pictures).bars == pytest.approx(wanted[where], abs=0.02)


def test_a_dark_scene_is_not_taken_for_bars():
    night = [one.copy() for one in moving(20)]
    for picture in night[:10]:
        picture[:60] = 0
    assert watch(night).bars == (0.0, 0.0, 0.0, 0.0)


@settings(max_examples=40, deadline=None)
@given(hertz=st.floats(0.6, 11.5), low=st.floats(0, 0.7), step=st.floats(0.12, 0.3), share=st.floats(0.3, 1))
def test_flashes_are_counted_as_they_come(hertz, low, step, share):
    levels = np.zeros((27, 48), np.float32)
    flicker = Flicker(0.1, 0.8)
    lit = np.arange(levels.size).reshape(levels.shape) < share * levels.size
    for number in range(3 * FPS):
        bright = int(2 * hertz * number / FPS) % 2
        flicker.take(np.where(lit, low + step * bright, 0.5).astype(np.float32), number / FPS)
    assert abs(flicker.most[0] - hertz) <= 1
    if hertz <= 2.8:
        assert flicker.most[0] <= 3


@settings(max_examples=40, deadline=None)
@given(step=st.floats(0, 0.09), share=st.floats(0, 0.2), high=st.floats(0.81, 1))
def test_what_is_too_weak_too_small_or_too_bright_is_no_flash(step, share, high):
    weak, small, bright = Flicker(0.1, 0.8), Flicker(0.1, 0.8), Flicker(0.1, 0.8)
    lit = np.arange(27 * 48).reshape(27, 48) < share * 27 * 48
    for number in range(50):
        on = number % 2
        weak.take(np.full((27, 48), 0.3 + step * on, np.float32), number / 10)
        small.take(np.where(lit, 1.0 * on, 0.5).astype(np.float32), number / 10)
        bright.take(np.full((27, 48), high + (1 - high) * on, np.float32), number / 10)
    assert (weak.most[0], small.most[0], bright.most[0]) == (0, 0, 0)


def test_saturated_red_flashes_though_its_luminance_hardly_changes():
    dark_red, grey = np.full((180, 320, 3), (200, 0, 0), np.uint8), np.full((180, 320, 3), 95, np.uint8)
    seen = watch([dark_red if number // 2 % 2 else grey for number in range(50)])
    assert seen.flicker[0].most[0] <= 3 < seen.flicker[1].most[0] == seen.flashes[0]


def film(path, pictures, fps=FPS):
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("h264", rate=fps, options={"preset": "ultrafast", "crf": "18"})
        stream.width, stream.height, stream.pix_fmt = 320, 180, "yuv420p"
        for picture in pictures:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    return path


def test_an_encoded_film_shows_the_same(tmp_path):
    flashes = [picture for _ in range(6) for picture in (*plain(20, 2), *plain(230, 2))]
    path = film(tmp_path / "a.mp4", [*plain(0, 15), *moving(25), *flashes, *plain(120, 30)])
    facts = probe(path, name="a.mp4")
    assert (facts.frames, facts.watched, facts.black) == (94, True, (Stretch(0.0, 0.6),))
    assert [round(one.start_s, 1) for one in facts.frozen] == [2.6]
    assert facts.flashes >= 5 and facts.flashes_at_s == pytest.approx(1.6, abs=0.2)


def test_a_film_too_long_to_watch_is_said_not_to_have_been_watched(tmp_path):
    facts = probe(film(tmp_path / "a.mp4", moving(25)), name="a.mp4", caps=Caps(watched_pixels=1e5))
    assert (facts.watched, facts.frames, facts.pixel_format, facts.black) == (False, 25, "yuv420p", ())


@pytest.mark.parametrize(("level", "clipped"), [(0.9, 0), (1.6, 1)])
def test_sound_cut_off_at_full_scale_is_counted(tmp_path, level, clipped):
    sound = probe(making.sine(tmp_path / "a.wav", seconds=1, level=level, hertz=100, pad=0.5), name="a.wav").sound
    assert (sound.clipped > 0) == bool(clipped)
    if clipped:
        assert sound.clipped == pytest.approx(2 * 2 * 100, rel=0.05) and sound.clipped_at_s == pytest.approx(0.501, abs=0.002)
