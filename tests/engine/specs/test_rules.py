"""Every rule has a good and a bad example, and says in words what to do."""

import pytest

from makegood.engine import specs
from makegood.engine.specs import facts as f
from makegood.engine.specs.rules import HOUSE, RULES

from .samples import ad, audio, bundle, file, image, media, sound, text, vast, video

SPOT = f.Spot("x", "index.html:3")
JPEG = {"name": "ad.jpg", "content_type": "image/jpeg"}

# rule, demanded value, good facts, bad facts, what is found, the fix
CASES = [
    ("max_weight_kb", 150, image(file=file(weight_bytes=150 * 1024)),
     image(file=file(weight_bytes=168 * 1024, **JPEG), encoding="JPEG"),
     "168 KB", "Re-export the JPEG at quality 80: 168 KB must come down to 150 KB."),
    ("max_weight_kb", 1024, audio(), audio(file=file(name="spot.mp3", content_type="audio/mpeg", weight_bytes=1024 * 1024 + 1),
                                           duration_s=30.0),
     "1,025 KB", "Export the spot as MP3 at 256 kbps: 1,025 KB must come down to 1,024 KB."),
    ("max_weight_kb", 100, video(), video(file=file(name="film.mp4", content_type="video/mp4", weight_bytes=200 * 1024)),
     "200 KB", "Export the video at a total of 54 kbps: 200 KB must come down to 100 KB."),
    ("file_name", True, image(), image(file=file(name="ad.jpg")),
     "the name ends in .jpg, the content is image/png", "Rename the file so that it ends in .png."),
    ("hidden_content", True, image(), image(file=file(hides_archive=True)),
     "an archive is hidden in the file", "Open the artwork and export it afresh."),
    ("hidden_content", True, image(), image(file=file(script_inside="<script")),
     "the file contains '<script'", "Export it afresh without metadata: script has no place in it."),
    ("sizes", ["300x250"], image(), image(width=301),
     "301x250", "Export the artwork again at 300x250 pixels: it is 301x250."),
    ("sizes", ["300x250"], bundle(), bundle(width=None, height=None), "no ad.size tag",
     'Add <meta name="ad.size" content="width=300,height=250"> to the head of index.html.'),
    ("sizes", ["300x250"], bundle(), bundle(width=320),
     "320x250", "Build the ad at 300x250 and say so in its ad.size tag: it says 320x250."),
    ("image_types", ["JPEG", "PNG"], image(), image(encoding="WEBP"), "WEBP", "Save the picture as JPEG or PNG."),
    ("max_animation_s", 15, image(frames=3, duration_s=5.0, loops=3), image(frames=3, duration_s=6.0, loops=3),
     "18 s in all", "Shorten the animation or repeat it less: 18 s must come down to 15 s."),
    ("max_animation_s", 15, image(), image(frames=3, duration_s=1.0, loops=0),
     "repeats for ever", "Let the animation stop after at most 15 seconds in all."),
    ("max_animation_s", 15, bundle(), bundle(animation_s=16.0),
     "16 s", "Shorten the animation: 16 s must come down to 15 s."),
    ("max_animation_s", 15, bundle(), bundle(endless=(f.Spot("animation: infinite", "style.css:4"),)),
     "repeats for ever (animation: infinite)", "Give it a number of repeats that ends within 15 seconds."),
    ("max_fps", 24, image(max_fps=24.0), image(max_fps=50.0), "50 pictures a second",
     "Show each picture for at least 42 ms: 50 a second is more than 24."),
    ("max_loops", 3, image(loops=3), image(loops=4), "plays 4 times", "Set the animation to play at most 3 times."),
    ("colour", ["RGB"], image(), image(colour_mode="CMYK"),
     "CMYK", "Convert the picture to RGB (sRGB): CMYK is for print."),
    ("colour_profile", ["sRGB"], image(colour_profile="sRGB IEC61966-2.1"), image(colour_profile="Adobe RGB (1998)"), "Adobe RGB (1998)",
     "Convert the picture to sRGB: it looks dull where profiles are passed over."),
    ("safe_area", [0.1, 0.0, 0.1, 0.0], image(margins=(25, 0, 25, 0)), image(margins=(25, 0, 24, 0)), "detail 24 pixels from the bottom",
     "Keep words and logos 25 pixels away from the bottom: phones cover it."),
    ("max_gzipped_kb", 50, image(), image(file=file(gzipped_bytes=51 * 1024)), "51 KB gzipped",
     "Compress it further: 51 KB must come down to 50 KB."),
    ("max_clipped", 0, audio(), audio(of=sound(clipped=2, clipped_at_s=1.5)), "the sound is cut off 2 times",
     "Lower the mix before its last limiter and export it again: it distorts."),
    ("loudness_range_lu", [None, 20], audio(), audio(of=sound(range_lu=21.0)), "21 LU", "Compress the mix to at most 20 LU of range."),
    ("max_black_s", 0.5, video(black=(f.Stretch(3.0, 3.5),)), video(black=(f.Stretch(3.0, 3.52),)), "0.52 s of black",
     "Cut the black from 3 s to 3.52 s."),
    ("max_freeze_s", 2, video(frozen=(f.Stretch(0.0, 2.0),)), video(frozen=(f.Stretch(4.0, 7.0),)), "the picture stands still for 3 s",
     "Check the export: nothing moves from 4 s to 7 s."),
    ("no_bars", True, video(bars=(0.02, 0.0, 0.0, 0.0)), video(bars=(0.13, 0.13, 0.0, 0.0)), "black bars: 13% top, 13% bottom",
     "Export the film without bars: the player adds its own."),
    ("max_flashes", 3, video(flashes=3), video(flashes=8, flashes_at_s=2.0), "8 flashes within a second",
     "Slow down or soften the flashing at 2 s: it can cause seizures."),
    ("watched", True, video(), video(watched=False), "too long or too large to watch every picture",
     "The reviewer looks at black, bars and flashing by eye."),
    ("symbols", "™", text(("title", "Boots™, at last!")), text(("title", "Boots!!!")), "'!!!'",
     "Take '!!!' out of the title: ordinary punctuation is enough."),
    ("symbols", "", text(), text(("body", "New boots \U0001f600")), "'\U0001f600'",
     "Take '\U0001f600' out of the body: ordinary punctuation is enough."),
    ("disclaimers", ["Drink responsibly"], text(("body", "Ale. drink  RESPONSIBLY.")), text(), "no disclaimer",
     "Add the words 'Drink responsibly'."),
    ("max_post_chars", {"limit": 30, "link": 23}, text(("body", "Boots https://halden.example/a/very/long/address")),
     text(("body", "Boots: x https://a.example")), "32 characters", "Shorten the post by 2 characters."),
    ("transparency", "required", image(transparent=True), image(),
     "no transparency", "Export it as a PNG with a transparent background."),
    ("transparency", "forbidden", image(), image(transparent=True), "transparent parts",
     "Put a solid background behind the artwork: pages differ in colour."),
    ("border", True, image(edge_is_pale=True, has_border=True), image(edge_is_pale=True, has_border=False),
     "pale edge without a line", "Draw a line of 1 pixel in a darker colour round the whole ad."),
    ("max_side_px", 4000, image(width=4000), image(width=4001), "4001x250", "Export it with no side above 4000 pixels."),
    ("max_zip_kb", 100, bundle(), bundle(file=file(name="a.zip", content_type="application/zip", weight_bytes=101 * 1024)),
     "101 KB", "Compress pictures and leave out fonts that are not needed: 101 KB must come down to 100 KB."),
    ("max_initial_kb", 150, bundle(), bundle(initial_bytes=151 * 1024),
     "151 KB", "Compress pictures or load them after the page: 151 KB must come down to 150 KB."),
    ("max_subload_kb", 300, bundle(), bundle(subload_bytes=301 * 1024),
     "301 KB", "Compress what loads later: 301 KB must come down to 300 KB."),
    ("max_files", 100, bundle(files=100), bundle(files=101),
     "101 files", "Combine small pictures: 101 files must come down to 100 files."),
    ("max_requests", 10, bundle(initial_requests=10), bundle(initial_requests=11), "11 requests",
     "Combine scripts, styles and pictures: 11 requests must come down to 10 requests."),
    ("click_tag", True, bundle(), bundle(click=None), "no click tag",
     'Add var clickTag = "" and open window.clickTag on a click, so that clicks are counted.'),
    ("click_tag", True, bundle(), bundle(hard_coded_clicks=(f.Spot("https://shop.example", "ad.js:2"),)),
     "click goes straight to https://shop.example",
     "Open window.clickTag instead: the landing page is set in the order."),
    ("self_contained", ["fonts.example"], bundle(outside_requests=(f.Spot("https://a.fonts.example/x", "s.css:1"),)),
     bundle(outside_requests=(f.Spot("//cdn.example/x.js", "index.html:3"),)), "loads //cdn.example/x.js",
     "Put the file from cdn.example into the zip and refer to it by a relative path."),
    ("https", True, bundle(), bundle(insecure=(SPOT,)), "x", "Change x to https: browsers block the rest."),
    ("complete", True, bundle(), bundle(missing=(SPOT,)), "x",
     "Add x to the zip, or correct its relative path (mind capitals)."),
    ("no_unused_files", True, bundle(), bundle(unused=("old.psd",)),
     "1 unused: old.psd", "Leave out files the ad does not use: old.psd."),
    ("entry_at_top", True, bundle(entry="ad/index.html"), bundle(entry="a/b/index.html"),
     "a/b/index.html", "Put the ad's page at the top of the zip."),
    ("blocked_apis", ["eval"], bundle(apis=(f.Spot("alert", "ad.js:1"),)), bundle(apis=(f.Spot("eval", "ad.js:1"),)),
     "uses eval", "Take eval out of the script: ads may not use it."),
    ("muted", True, bundle(), bundle(autoplay_sound=(f.Spot("<video autoplay>", "index.html:9"),)),
     "<video autoplay>", "Add muted to <video autoplay>: an ad may not start with sound."),
    ("durations", {"seconds": [15, 30], "tolerance": 0.5}, audio(duration_s=15.5), audio(duration_s=15.6),
     "15.6 s", "Cut it to 15 seconds: it runs 15.6 s."),
    ("durations", {"seconds": [15, 30]}, video(), video(duration_s=14.5),
     "14.5 s", "Extend it to 15 seconds: it runs 14.5 s."),
    ("durations", {"seconds": [15]}, vast(), vast(of=ad(duration_s=20.0)),
     "20 s", "Cut it to 15 seconds: it runs 20 s."),
    ("duration_s", [6, 30], audio(duration_s=30.0), audio(duration_s=31.0), "31 s", "Cut it to at most 30 seconds."),
    ("duration_s", [6, 30], audio(duration_s=6.0), audio(duration_s=5.0), "5 s", "Extend it to at least 6 seconds."),
    ("loudness_lufs", {"target": -16, "tolerance": 2}, audio(of=sound(integrated_lufs=-18.0)),
     audio(of=sound(integrated_lufs=-9.0)), "−9 LUFS", "Turn the mix down by 7 dB, to −16 LUFS."),
    ("loudness_lufs", {"target": -16, "tolerance": 2}, video(sound=sound()), audio(of=sound(integrated_lufs=None)),
     "silent", "Export it again with its sound."),
    ("max_true_peak_dbtp", -1, audio(of=sound(true_peak_dbtp=-1.0)), audio(of=sound(true_peak_dbtp=0.3)),
     "0.3 dBTP", "Put a true-peak limiter at −1 dBTP on the mix."),
    ("sample_rates_hz", [44100, 48000], audio(), audio(of=sound(sample_rate_hz=22050)),
     "22,050 Hz", "Export the sound at 44,100 or 48,000 Hz."),
    ("channels", [1, 2], audio(), audio(of=sound(channels=6)), "6 channels", "Mix it down to 1 or 2 channels."),
    ("sound_codecs", ["mp3", "pcm"], audio(of=sound(codec="pcm_s16le")), audio(of=sound(codec="wmav2")),
     "WMAV2", "Encode the sound as MP3 or PCM."),
    ("sound_kbps", [128, None], audio(of=sound(bitrate_kbps=127.5)), audio(of=sound(bitrate_kbps=96.0)),
     "96 kbps", "Export it with at least 128 kbps."),
    ("sound_kbps", [128, 320], audio(of=sound(bitrate_kbps=1411.0, codec="pcm_s16le")), audio(of=sound(bitrate_kbps=400.0)),
     "400 kbps", "Export it with 128 to 320 kbps."),
    ("max_silence_s", 0.5, audio(), audio(of=sound(trailing_silence_s=0.8)),
     "0.8 s of silence at the end", "Trim the silence at the end."),
    ("containers", ["mp3", "wav"], audio(), audio(container="flac"), "FLAC", "Export it as MP3 or WAV."),
    ("codecs", ["h264"], video(), video(codec="mpeg4"), "MPEG4", "Encode the video as H264.",),
    ("min_size", "1280x720", video(width=720, height=1280), video(width=640, height=360), "640x360",
     "Export the video at 1280x720 or larger from the master: it is 640x360."),
    ("aspect_ratios", ["16:9"], video(width=1920, height=1080), video(width=1024, height=768), "1024x768",
     "Frame the video at 16:9 without black bars."),
    ("frame_rates", [25, 29.97], video(fps=29.97), video(fps=12.0), "12 a second",
     "Export the video at 25 or 29.97 pictures a second."),
    ("video_kbps", [1500, 30000], video(), video(bitrate_kbps=900.4), "900 kbps",
     "Export the video with 1,500 to 30,000 kbps."),
    ("progressive", True, video(), video(interlaced=True),
     "interlaced", "Deinterlace the video and export it as progressive."),
    ("pixel_formats", ["yuv420p"], video(), video(pixel_format="yuv422p10le"), "yuv422p10le",
     "Export with 8-bit 4:2:0 colour (yuv420p): players show nothing else safely."),
    ("index_first", True, video(index_first=None), video(index_first=False),
     "index at the end", "Switch on 'fast start' (web optimised) in the export."),
    ("has_sound", True, video(), video(sound=None), "no sound track", "Export the video with its sound."),
    ("vast_versions", ["4.1", "4.2"], vast(version="4.2.1"), vast(version="1.0"), "1.0", "Export the tag as VAST 4.1 or 4.2."),
    ("vast_structure", True, vast(), vast(ads=()), "no ad in the tag",
     "Check that the tag is live: it answers with an empty VAST."),
    ("vast_structure", True, vast(), vast(broken=(f.Spot("no Impression", "Ad, line 2"),)), "no Impression",
     "Export the tag again from the ad server: it misses a required part."),
    ("vast_schema", True, vast(), vast(unordered=(f.Spot("its parts are not in order", "Linear, line 4"),)),
     "its parts are not in order", "Nothing to do for players; a strict validator refuses it."),
    ("vast_macros", True, vast(), vast(macros=(f.Spot("[RANDOM]", "Impression, line 4"),)), "macro [RANDOM]",
     "Replace [RANDOM] by a macro of the VAST list or fill it in when exporting."),
    ("vast_https", True, vast(), vast(insecure=(f.Spot("http://a.example", "Error, line 3"),)),
     "http://a.example", "Change http://a.example to https."),
    ("no_vpaid", True, vast(), vast(vpaid=(f.Spot("VPAID", "MediaFile, line 9"),)), "VPAID (VPAID)",
     "Send plain MP4 or MP3 media files instead of a VPAID unit."),
    ("wrappers", False, vast(), vast(of=ad(kind="wrapper")), "a wrapper",
     "Send the inline tag with its media files: this placement follows no wrappers."),
    ("vast_linear", True, vast(of=ad(kind="wrapper", linear=False)), vast(of=ad(linear=False)), "no linear ad",
     "Send a tag with a Linear creative and its media files."),
    ("media_types", ["video/mp4"], vast(), vast(of=ad(media=(media(mime="video/webm"),))),
     "video/webm", "Add a media file of type video/mp4."),
    ("media_min_size", "1280x720", vast(), vast(of=ad(media=(media(width=640, height=360),))),
     "640x360 at most", "Add a rendition of 1280x720 or larger."),
    ("media_kbps", [1500, None], vast(), vast(of=ad(media=(media(bitrate_kbps=800.0),))),
     "800 kbps", "Add a rendition of at least 1,500 kbps."),
    ("tracking", ["start", "complete"], vast(), vast(of=ad(tracking=("start",))),
     "no tracking of complete", "Add tracking addresses for complete."),
    ("click_through", True, vast(), vast(of=ad(click_through="")),
     "no click-through", "Add a ClickThrough address to VideoClicks."),
    ("universal_ad_id", True, vast(), vast(of=ad(universal_ids=("unknown",))),
     "no universal ad id", "Add the Ad-ID (UniversalAdId with its registry)."),
    ("companion", ["300x250", "640x640"], vast(of=ad(companions=("640x640",))), vast(of=ad(companions=("300x50",))), "companions of 300x50",
     "Add a companion of 300x250 or 640x640 pixels."),
    ("no_verification", True, vast(), vast(of=ad(verifications=("ias.com",))), "verification by ias.com",
     "Take AdVerifications out of the tag for this placement."),
    ("interactive", True, vast(), vast(interactive=(f.Spot("SIMID", "line 8"),)), "interactive (SIMID)",
     "Nothing to do: the reviewer will try the interactive part."),
    ("required_fields", ["title", "url"], text(), text(("title", "Walk"), ("url", " ")), "no url", "Add the url."),
    ("max_chars", {"title": 12}, text(), text(("title", "Walk further.")),
     "13 characters", "Shorten the title by 1 character."),
    ("max_words", 3, text(("script", "one two three")), text(("script", "one two three four")),
     "4 words", "Shorten the script by 1 word."),
    ("secure_addresses", True, text(), text(("url", "http://halden.example")), "http://halden.example",
     "Give the url as a full address that begins with https://."),
    ("max_capitals", 0.5, text(), text(("title", "BUY THESE BOOTS now")),
     "81% capitals", "Write the title in ordinary letters."),
]  # fmt: skip
IDS = [f"{case[0]}-{n}" for n, case in enumerate(CASES)]


def found_by(rule, value, facts):
    need = specs.Requirement(rule, value, "block", "Test", "2026")
    profile = specs.Profile("test", 1, "Test", "any", tuple(f.KINDS), (need,))
    return [finding for finding in specs.check(facts, profile) if finding.rule == rule]


@pytest.mark.parametrize(("rule", "value", "good", "bad", "found", "fix"), CASES, ids=IDS)
def test_a_rule_passes_the_good_and_explains_the_bad(rule, value, good, bad, found, fix):
    assert found_by(rule, value, good) == []
    (finding,) = found_by(rule, value, bad)
    assert (finding.severity, finding.found, finding.fix) == ("block", found, fix)
    assert finding.required == RULES[rule].phrase(value) and finding.source == "Test, 2026" and finding.where


def test_every_rule_has_a_good_and_a_bad_example():
    assert {case[0] for case in CASES} == set(RULES)


def test_twice_the_size_is_noted_not_blocked():
    (finding,) = found_by("sizes", ["300x250"], image(width=600, height=500))
    assert (finding.severity, finding.found) == ("info", "600x500")


def test_what_a_version_does_not_know_is_a_warning():
    (finding,) = found_by("vast_structure", True, vast(alien=(f.Spot("VAST 3.0 has no Mezzanine here", "Mezzanine, line 9"),)))
    assert (finding.severity, finding.where) == ("warn", "Mezzanine, line 9")


def test_an_allowed_wrapper_is_told_to_the_reviewer():
    (finding,) = found_by("wrappers", True, vast(of=ad(kind="wrapper", wrapped_url="https://w.example/tag")))
    assert (finding.severity, finding.found) == ("info", "a wrapper of a tag at w.example")


def test_house_rules_hold_under_every_profile():
    profile = specs.by_code("native")
    hidden = f.TextFacts(file=file(name="ad.json", content_type="application/json", hides_archive=True), fields=text().fields)
    assert [finding.rule for finding in specs.check(hidden, profile)] == ["hidden_content"]
    assert {need.rule for need in HOUSE} <= set(RULES)


def test_a_file_of_the_wrong_kind_is_blocked():
    (finding,) = specs.check(audio(), specs.by_code("display-300x250"))
    assert (finding.rule, finding.severity) == ("format", "block")
    assert finding.fix == "Send a picture or an HTML5 zip for IAB display: Medium rectangle."


def test_the_worst_finding_decides():
    def one(severity):
        return specs.Finding("r", severity, "f", "q", "w", "x", "s")

    verdicts = [specs.verdict(map(one, found)) for found in (["info"], ["info", "warn"], ["warn", "block"], [])]
    assert verdicts == ["pass", "warn", "fail", "pass"]
