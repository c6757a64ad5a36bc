"""Native copy, scripts and posts: whole, and with each fault of wording."""
import json
import random
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.creative_files.case import BRANDS, Case, demands
from makegood.documents.creatives import samples

GOOD = {"title": "Walk further this autumn", "body": "Boots that stay dry on the wettest path, made to be mended.",
        "brand": "Halden Outdoor", "cta": "See the boots", "url": "https://halden.example/boots"}  # fmt: skip
WORDS = ["boots", "made", "for", "long", "wet", "walks", "in", "the", "hills", "are", "ready", "for", "you", "today"]


def cases(chance: random.Random) -> Iterator[Case]:
    """Good ones first, then one fault each."""
    for number, brand in enumerate(BRANDS * 2):
        yield Case(f"native-{number}.json", "native", lambda path, brand=brand: samples.native(path, brand, url="https://a.example"))
    for number, extra in enumerate(({}, {"title": "Über 100 Jahre"}, {"title": "BBC & RSPB"}, {"brand": "Halden®"}, {"body": "Ready? Go!"})):
        yield Case(f"copy-{number}.json", "native", plain({**GOOD, **extra}))
    yield Case("openrtb.json", "native", plain({"native": {"link": {"url": "https://a.example"}, "assets": [
        {"title": {"text": "Walk further"}}, {"data": {"type": 1, "value": "Halden"}}, {"data": {"type": 2, "value": "Boots."}}]}}))
    for number in range(12):
        words = {"title": " ".join(chance.choices(WORDS, k=chance.randint(3, 9))).capitalize(), "body": " ".join(chance.choices(WORDS, k=18))}
        yield Case(f"teaser-{number}.json", "native", plain({**GOOD, **words}))
    for number in range(3):
        yield Case(f"sponsored-{number}.json", "retail-sponsored", plain({k: GOOD[k] for k in ("brand", "title", "url")}))
        yield Case(f"script-{number}.txt", "audio-script", text(" ".join(chance.choices(WORDS, k=chance.randint(20, 65)))))
        yield Case(f"post-{number}.json", "social-x-post", plain({"text": "Boots " * 40 + "https://halden.example/a/long/way/to/the/page"}))
    yield Case("with-disclaimer.json", demands("disclaimers", ["Drink responsibly", "18+"]), plain({**GOOD, "body": "New ale. Drink  responsibly."}))
    yield from broken(chance)


def broken(chance: random.Random) -> Iterator[Case]:
    """One fault each."""
    for name in ("title", "body", "brand", "url"):
        yield Case(f"no-{name}.json", "native", plain({k: v for k, v in GOOD.items() if k != name}), "required_fields", name)
    for name, limit in (("title", 90), ("body", 140), ("brand", 25), ("cta", 15)):
        yield Case(f"long-{name}.json", "native", plain({**GOOD, name: ("boots " * 40)[: limit + chance.randint(1, 20)]}), "max_chars", name)
    yield Case("long-sponsor.json", "retail-sponsored", plain({**GOOD, "brand": "Halden " * 6, "title": "Boots"}), "max_chars", "brand")
    yield Case("blank-title.json", "native", plain({**GOOD, "title": "  "}), "required_fields", "title")
    yield Case("insecure.json", "native", plain({**GOOD, "url": "http://halden.example"}), "secure_addresses", "url")
    yield Case("shouting.json", "native", plain({**GOOD, "title": "BUY THESE BOOTS NOW"}), "max_capitals", "title")
    yield Case("marks.json", "native", plain({**GOOD, "title": "Boots at last!!!"}), "symbols", "title")
    yield Case("smile.json", "native", plain({**GOOD, "body": "New boots \U0001f97e for you"}), "symbols", "body")
    yield Case("dashes.json", "native", plain({**GOOD, "body": "Boots ----- half price"}), "symbols", "body")
    yield Case("long-script.txt", "audio-script", text(" ".join(chance.choices(WORDS, k=66))), "max_words", "script")
    yield Case("long-post.json", "social-x-post", plain({"text": "Boots " * 43 + "https://a.example"}), "max_post_chars", "body")
    yield Case("no-disclaimer.json", demands("disclaimers", ["Drink responsibly", "18+"]), plain(GOOD), "disclaimers", "text")
    yield Case("deep.json", "native", lambda path: path.write_text('{"a":' * 60 + "1" + "}" * 60), "text.too_deep", "deep.json, character")
    yield Case("broken.json", "native", lambda path: path.write_text('{"title": "Walk'), "text.json", "broken.json")
    yield Case("latin.txt", "audio-script", lambda path: path.write_bytes("Über uns alle Wege sind frei".encode("latin-1")), "text.encoding", "latin.txt, byte 0")
    yield Case("a-post.json", "display-300x250", plain(GOOD), "format", "a-post.json")


def plain(data: object) -> Callable[[Path], object]:
    """The data as JSON."""
    return lambda path: path.write_text(json.dumps(data, ensure_ascii=False), "utf-8")


def text(words: str) -> Callable[[Path], object]:
    """The words as they are."""
    return lambda path: path.write_text(words, "utf-8")
