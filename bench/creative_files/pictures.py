"""Banners, logos and companions: every unit that is sold, whole, and with each fault a picture can have."""
import io
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageCms, ImageDraw, PngImagePlugin

from bench.creative_files.case import BRANDS, Case, demands
from makegood.documents.creatives import samples
from makegood.documents.creatives.samples import drawing
from makegood.documents.creatives.samples.brand import pixels
from makegood.engine import specs

Draw = Callable[[Path], object]


def cases(chance: random.Random) -> Iterator[Case]:
    """Good ones first, then one fault each."""
    for profile in specs.profiles():
        if profile.code.startswith(("display-", "retail-display-", "social-x-image", "spotify-companion")):
            for size in profile.sizes:
                endings = ("png", "jpg", "gif") if profile.value("max_animation_s") and "phone" not in profile.code else ("png",)
                for ending in endings:
                    yield Case(f"{profile.code}-{size}.{ending}", profile.code, banner(chance, size) if pixels(size)[1] > 40 else tiny(chance, size))
    for size in ("300x250", "728x90", "320x50", "160x600", "970x250"):
        yield Case(f"retina-{size}.png", f"display-{size}", banner(chance, "x".join(str(2 * one) for one in pixels(size))))
    for number in range(9):
        yield Case(f"logo-{number}.png", "retail-logo", drawn(chance, "300x180", "PNG", see_through=True))
    yield from broken(chance)


def broken(chance: random.Random) -> Iterator[Case]:
    """One planted fault a picture."""
    size = chance.choice(("300x250", "970x250", "160x600"))
    unit = f"display-{size}"
    yield Case("wrong-size.png", unit, banner(chance, size, "wrong_size"), "sizes", "file")
    yield Case("nearly-twice.png", unit, banner(chance, "x".join(str(2 * one - 1) for one in pixels(size))), "sizes", "file")
    yield Case("heavy.png", unit, banner(chance, size, "too_heavy"), "max_weight_kb", "file")
    yield Case("heavy-companion.png", "spotify-companion", drawn(chance, "640x640", "PNG", grain=60), "max_weight_kb", "file")
    yield Case("web.webp", unit, drawn(chance, size, "WEBP"), "image_types", "file")
    yield Case("logo.jpg", "retail-logo", drawn(chance, "300x180", "JPEG"), "image_types", "file", ("transparency",))
    yield Case("print.jpg", unit, banner(chance, size, "print_colours"), "colour", "file")
    yield Case("other-profile.png", unit, drawn(chance, size, "PNG", icc=True), "colour_profile", "file")
    yield Case("pale.png", unit, banner(chance, size, "no_border"), "border", "edge")
    yield Case("opaque-logo.png", "retail-logo", drawn(chance, "300x180", "PNG"), "transparency", "file")
    yield Case("see-through.png", demands("transparency", "forbidden"), drawn(chance, size, "PNG", see_through=True), "transparency", "file")
    yield Case("endless.gif", unit, banner(chance, size, "endless"), "max_animation_s", "animation")
    yield Case("long.gif", unit, animated(chance, size, (4000, 4000, 8000), 1), "max_animation_s", "animation")
    yield Case("three-times-six.gif", unit, animated(chance, size, (3000, 3000), 3), "max_animation_s", "animation")
    yield Case("fast.gif", unit, animated(chance, size, (30,) * chance.randint(4, 9), 1), "max_fps", "animation")
    yield Case("often.gif", "retail-display-300x250", animated(chance, "300x250", (500, 500), chance.randint(4, 9)), "max_loops", "animation")
    yield Case("large.png", demands("max_side_px", 900), banner(chance, "970x250"), "max_side_px", "file")
    yield Case("sent-heavy.png", demands("max_gzipped_kb", 50), drawn(chance, size, "PNG", grain=60), "max_gzipped_kb", "file")
    for side in ("top", "right", "bottom", "left"):
        yield Case(f"words-at-the-{side}.png", "display-interstitial", at_the_edge(chance, side), "safe_area", side)
    yield Case("jpeg-inside.png", unit, drawn(chance, size, "JPEG"), "file_name", "jpeg-inside.png")
    yield Case("no-ending", unit, banner_named(chance, size), "file_name", "no-ending")
    yield Case("zip-behind.png", unit, lambda path: path.write_bytes(bytes_of(chance, size) + zipped()), "hidden_content", "zip-behind.png")
    yield Case("script-inside.png", unit, scripted(chance, size), "hidden_content", "script-inside.png")
    yield Case("picture.png", "audio-streaming", banner(chance, size), "format", "picture.png")


def banner(chance: random.Random, size: str, fault: str | None = None) -> Draw:
    """A drawn banner; its encoding follows from the file's ending."""
    brand, seed = chance.choice(BRANDS), chance.randrange(1000)
    return lambda path: samples.banner(path, brand, size=size, seed=seed, fault=fault)


def tiny(chance: random.Random, size: str) -> Draw:
    """A text banner of a feature phone: no room for more."""
    brand = chance.choice(BRANDS)

    def write(path: Path) -> None:
        picture = Image.new("RGB", pixels(size), brand.tone(0.3))
        ImageDraw.Draw(picture).text((4, 2), brand.name, fill="white", font_size=11)
        picture.save(path)

    return write


def banner_named(chance: random.Random, size: str) -> Draw:
    """A PNG whatever the file is called."""
    data = bytes_of(chance, size)
    return lambda path: path.write_bytes(data)


def drawn(chance: random.Random, size: str, encoding: str, *, grain: int = 0, see_through: bool = False, icc: bool = False) -> Draw:
    """A drawn ad saved as it is, with grain, transparent parts or a colour profile nobody asks for."""
    width, height = pixels(size)
    brand, seed = chance.choice(BRANDS), chance.randrange(1000)

    def write(path: Path) -> None:
        picture = drawing.draw(brand, width, height, seed=seed)
        if grain:
            noise = np.random.default_rng(seed).integers(-grain, grain, (height, width, 3))
            picture = Image.fromarray(np.clip(np.asarray(picture, int) + noise, 0, 255).astype(np.uint8))
        if see_through:
            picture.putalpha(Image.linear_gradient("L").resize((width, height)))
        other = ImageCms.ImageCmsProfile(ImageCms.createProfile("XYZ")).tobytes() if icc else None
        picture.save(path, encoding, **({"icc_profile": other} if icc else {}), **({} if encoding == "PNG" else {"quality": 85}))

    return write


def animated(chance: random.Random, size: str, shown_ms: tuple[int, ...], times: int) -> Draw:
    """A GIF with a picture for each duration, played so often."""
    brand, seed = chance.choice(BRANDS), chance.randrange(1000)

    def write(path: Path) -> None:
        frames = [drawing.draw(brand, *pixels(size), seed=seed, shift=number / len(shown_ms)).quantize(16) for number in range(len(shown_ms))]
        again = {} if times == 1 else {"loop": times - 1}
        frames[0].save(path, save_all=True, append_images=frames[1:], duration=list(shown_ms), **again)

    return write


def at_the_edge(chance: random.Random, side: str) -> Draw:
    """A phone interstitial with a patch of writing close to one side."""
    brand = chance.choice(BRANDS)
    place = {"top": (300, 6), "right": (1080 - 70, 900), "bottom": (300, 1920 - 46), "left": (8, 900)}[side]

    def write(path: Path) -> None:
        picture = Image.new("RGB", (1080, 1920), brand.tone(0.3))
        pen = ImageDraw.Draw(picture)
        pen.rectangle((300, 800, 700, 1000), fill="white")
        pen.text(place, "Aa1", fill="white", font_size=36)
        picture.save(path, "PNG")

    return write


def bytes_of(chance: random.Random, size: str) -> bytes:
    """A small PNG."""
    out = io.BytesIO()
    drawing.draw(chance.choice(BRANDS), *pixels(size)).quantize(64, dither=Image.Dither.NONE).save(out, "PNG")
    return out.getvalue()


def scripted(chance: random.Random, size: str) -> Draw:
    """A PNG whose metadata carry a script."""
    note = PngImagePlugin.PngInfo()
    note.add_text("Comment", "<script>location='https://x.example'</script>")
    brand = chance.choice(BRANDS)
    return lambda path: drawing.draw(brand, *pixels(size)).quantize(64).save(path, "PNG", pnginfo=note)


def zipped() -> bytes:
    """A whole zip archive."""
    from makegood.documents.creatives.samples.bundle import packed

    return packed({"index.html": b"<script>alert(1)</script>"})
