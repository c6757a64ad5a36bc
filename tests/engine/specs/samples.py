"""Good facts of each kind, from which a test changes what it is about.
No files.
"""

from makegood.engine.specs import facts as f


def file(**changes):
    given = {"name": "ad.png", "sha256": "0" * 64, "weight_bytes": 40_000, "gzipped_bytes": 39_000, "content_type": "image/png"}
    return f.FileFacts(**{**given, **changes})


def image(**changes):
    given = {
        "file": file(), "encoding": "PNG", "width": 300, "height": 250, "colour_mode": "RGB", "transparent": False,
        "frames": 1, "duration_s": 0.0, "loops": None, "max_fps": 0.0, "edge_is_pale": False, "has_border": True,
        "dhash": "0" * 16,
    }  # fmt: skip
    return f.ImageFacts(**{**given, **changes})


def bundle(**changes):
    given = {
        "file": file(name="ad.zip", content_type="application/zip"), "entry": "index.html", "width": 300, "height": 250,
        "files": 4, "unpacked_bytes": 60_000, "initial_bytes": 39_000, "subload_bytes": 0, "initial_requests": 4,
        "click": f.Spot("clickTag", "ad.js:1"), "hard_coded_clicks": (), "outside_requests": (), "insecure": (),
        "missing": (), "unused": (), "apis": (), "animation_s": 11.0, "endless": (), "autoplay_sound": (),
    }  # fmt: skip
    return f.BundleFacts(**{**given, **changes})


def sound(**changes):
    given = {
        "codec": "mp3", "sample_rate_hz": 44100, "channels": 2, "bitrate_kbps": 192.0, "integrated_lufs": -16.0,
        "range_lu": 3.0, "true_peak_dbtp": -1.9, "leading_silence_s": 0.0, "trailing_silence_s": 0.0,
    }  # fmt: skip
    return f.SoundFacts(**{**given, **changes})


def audio(*, of=None, **changes):
    given = {
        "file": file(name="spot.mp3", content_type="audio/mpeg"), "container": "mp3", "duration_s": 15.0,
        "sound": of or sound(),
    }  # fmt: skip
    return f.AudioFacts(**{**given, **changes})


def video(**changes):
    given = {
        "file": file(name="film.mp4", content_type="video/mp4"), "container": "mp4", "codec": "h264", "width": 1280,
        "height": 720, "fps": 25.0, "duration_s": 15.0, "bitrate_kbps": 2100.0, "pixel_format": "yuv420p",
        "interlaced": False, "index_first": True, "sound": sound(codec="aac", integrated_lufs=-23.0, sample_rate_hz=48000),
    }  # fmt: skip
    return f.VideoFacts(**{**given, **changes})


def media(**changes):
    given = {
        "url": "https://cdn.example/a.mp4", "mime": "video/mp4", "width": 1280, "height": 720, "bitrate_kbps": 2000.0,
        "delivery": "progressive", "api": "", "where": "line 20",
    }  # fmt: skip
    return f.MediaFile(**{**given, **changes})


def ad(**changes):
    given = {
        "kind": "inline", "title": "Boots", "duration_s": 15.0, "linear": True, "media": (media(),),
        "click_through": "https://halden.example/", "impressions": 1, "universal_ids": ("HALD0015000H",),
        "tracking": ("complete", "firstQuartile", "midpoint", "start", "thirdQuartile"), "companions": (),
        "verifications": (), "wrapped_url": "",
    }  # fmt: skip
    return f.VastAd(**{**given, **changes})


def vast(*, of=None, **changes):
    given = {
        "file": file(name="tag.xml", content_type="application/xml"), "version": "4.2", "ads": (of or ad(),),
        "insecure": (), "vpaid": (), "interactive": (), "broken": (),
    }  # fmt: skip
    return f.VastFacts(**{**given, **changes})


def text(*fields):
    good = (("title", "Walk further"), ("body", "New boots."), ("brand", "Halden"), ("url", "https://halden.example/"))
    return f.TextFacts(file=file(name="ad.json", content_type="application/json"), fields=fields or good)
