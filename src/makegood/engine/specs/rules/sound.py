"""Rules for how long and how loud: audio spots, the sound of videos, and the length a VAST tag declares.
Loudness in LUFS and true peak in dBTP as ITU-R BS.1770 measures them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from makegood.engine.specs.facts import AudioFacts, SoundFacts, VastFacts, VideoFacts
from makegood.engine.specs.findings import Fault
from makegood.engine.specs.rules.rule import Check, Rule, between, counted, listed, number

CODEC_NAMES = {"mp3float": "mp3", "libvorbis": "vorbis", "libopus": "opus"}


def durations(facts: AudioFacts | VideoFacts, wanted: dict[str, Any]) -> Iterator[Fault]:
    """One of the sold lengths, within the tolerance in seconds."""
    yield from _length(facts.duration_s, wanted, "timeline")


def vast_durations(facts: VastFacts, wanted: dict[str, Any]) -> Iterator[Fault]:
    """The declared length of each linear ad."""
    for ad in facts.ads:
        if ad.duration_s is not None:
            yield from _length(ad.duration_s, wanted, f"Duration of {ad.title or 'the ad'}")


def _length(found: float, wanted: dict[str, Any], where: str) -> Iterator[Fault]:
    nearest = min(wanted["seconds"], key=lambda one: abs(one - found))
    if abs(nearest - found) > wanted.get("tolerance", 0) + 0.0005:
        verb = "Cut" if found > nearest else "Extend"
        yield Fault(f"{number(found)} s", f"{verb} it to {number(nearest)} seconds: it runs {number(found)} s.", where)


def duration_range(facts: AudioFacts | VideoFacts, wanted: list[float | None]) -> Iterator[Fault]:
    """Between two lengths in seconds."""
    low, high = wanted
    if low is not None and facts.duration_s < low:
        yield Fault(f"{number(facts.duration_s)} s", f"Extend it to at least {number(low)} seconds.", "timeline")
    if high is not None and facts.duration_s > high + 0.05:
        yield Fault(f"{number(facts.duration_s)} s", f"Cut it to at most {number(high)} seconds.", "timeline")


def loudness(sound: SoundFacts, wanted: dict[str, float]) -> Iterator[Fault]:
    """Integrated loudness against target and tolerance in LU."""
    target, found = wanted["target"], sound.integrated_lufs
    if found is None:
        yield Fault("silent", "Export it again with its sound.", "sound")
    elif abs(found - target) > wanted["tolerance"] + 0.05:
        change = target - found
        yield Fault(
            f"{number(found)} LUFS",
            f"Turn the mix {'up' if change > 0 else 'down'} by {number(round(abs(change), 1))} dB, to {number(target)} LUFS.",
            "sound",
        )  # fmt: skip


def true_peak(sound: SoundFacts, limit: float) -> Iterator[Fault]:
    """The highest level between samples, in dBTP."""
    if sound.true_peak_dbtp is not None and sound.true_peak_dbtp > limit + 0.05:
        yield Fault(
            f"{number(sound.true_peak_dbtp)} dBTP",
            f"Put a true-peak limiter at {number(limit)} dBTP on the mix.",
            "sound",
        )


def sample_rate(sound: SoundFacts, rates: list[int]) -> Iterator[Fault]:
    """Samples a second."""
    if sound.sample_rate_hz not in rates:
        yield Fault(f"{number(sound.sample_rate_hz)} Hz", f"Export the sound at {listed(rates)} Hz.", "sound")


def channels(sound: SoundFacts, counts: list[int]) -> Iterator[Fault]:
    """Mono, stereo or more."""
    if sound.channels not in counts:
        yield Fault(counted(sound.channels, "channel"), f"Mix it down to {listed(counts)} channels.", "sound")


def sound_codec(sound: SoundFacts, codecs: list[str]) -> Iterator[Fault]:
    """The sound's encoding."""
    name = CODEC_NAMES.get(sound.codec, sound.codec)
    name = "pcm" if name.startswith("pcm_") else name
    if name not in codecs:
        yield Fault(name.upper(), f"Encode the sound as {listed(one.upper() for one in codecs)}.", "sound")


def bitrate(facts: AudioFacts, wanted: list[float | None]) -> Iterator[Fault]:
    """Kilobits a second of the sound; a hundredth is forgiven, uncompressed sound has no upper limit."""
    low, high = wanted
    found = facts.sound.bitrate_kbps
    wrong = (low is not None and found < low * 0.99) or (
        high is not None and found > high * 1.01 and not facts.sound.codec.startswith("pcm_")
    )
    if wrong:
        yield Fault(f"{number(round(found))} kbps", f"Export it with {between(wanted, 'kbps')}.", "sound")


def silence(sound: SoundFacts, limit_s: float) -> Iterator[Fault]:
    """Quiet below −60 dBFS before the first and after the last sound."""
    for found, place in ((sound.leading_silence_s, "start"), (sound.trailing_silence_s, "end")):
        if found > limit_s:
            yield Fault(
                f"{number(found)} s of silence at the {place}",
                f"Trim the silence at the {place}.",
                f"{place} of the spot",
            )


def clipping(sound: SoundFacts, limit: int) -> Iterator[Fault]:
    """Runs of samples that stand at full scale."""
    if sound.clipped > limit:
        yield Fault(f"the sound is cut off {counted(sound.clipped, 'time')}",
                    "Lower the mix before its last limiter and export it again: it distorts.",
                    f"{number(sound.clipped_at_s)} s")  # fmt: skip


def loudness_range(sound: SoundFacts, wanted: list[float | None]) -> Iterator[Fault]:
    """How far quiet and loud passages lie apart, in LU."""
    low, high = wanted
    if (low is not None and sound.range_lu < low) or (high is not None and sound.range_lu > high):
        yield Fault(f"{number(sound.range_lu)} LU", f"Compress the mix to {between(wanted, 'LU')} of range.", "sound")


def _of_sound(check: Callable[[SoundFacts, Any], Iterator[Fault]]) -> dict[type, Check]:
    def both(facts: AudioFacts | VideoFacts, value: Any) -> Iterator[Fault]:
        if facts.sound is not None:
            yield from check(facts.sound, value)

    return {AudioFacts: both, VideoFacts: both}


RULES = (
    Rule("durations", "Length", lambda v: f"{listed(v['seconds'])} seconds"
         + (f" (±{number(v['tolerance'])} s)" if v.get("tolerance") else ""),
         {AudioFacts: durations, VideoFacts: durations, VastFacts: vast_durations}),
    Rule("duration_s", "Length", lambda v: between(v, "seconds"),
         {AudioFacts: duration_range, VideoFacts: duration_range}),
    Rule("loudness_lufs", "Loudness", lambda v: f"{number(v['target'])} LUFS (±{number(v['tolerance'])})",
         _of_sound(loudness)),
    Rule("max_true_peak_dbtp", "True peak", lambda v: f"at most {number(v)} dBTP", _of_sound(true_peak)),
    Rule("max_clipped", "Distortion", lambda v: f"at most {counted(v, 'cut-off peak')}", _of_sound(clipping)),
    Rule("loudness_range_lu", "Loudness range", lambda v: between(v, "LU"), _of_sound(loudness_range)),
    Rule("sample_rates_hz", "Sample rate", lambda v: f"{listed(v)} Hz", _of_sound(sample_rate)),
    Rule("channels", "Channels", lambda v: f"{listed(v)} channels", _of_sound(channels)),
    Rule("sound_codecs", "Sound encoding", lambda v: listed(one.upper() for one in v), _of_sound(sound_codec)),
    Rule("sound_kbps", "Sound bitrate", lambda v: between(v, "kbps"), {AudioFacts: bitrate}),
    Rule("max_silence_s", "Silence", lambda v: f"at most {number(v)} s at start and end", _of_sound(silence)),
)  # fmt: skip
