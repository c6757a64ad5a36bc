"""Rules for pictures, and those that pictures and HTML5 bundles share: size and movement.
Numbers come from the profile; what is here is how to compare and what to tell the client.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from makegood.engine.specs.facts import BundleFacts, ImageFacts
from makegood.engine.specs.findings import Fault
from makegood.engine.specs.rules.rule import Rule, fixed, listed, number


def size(facts: ImageFacts, sizes: list[str]) -> Iterator[Fault]:
    """Pixel size: one of the sizes, or exactly twice one of them for dense screens."""
    found = f"{facts.width}x{facts.height}"
    double = {f"{2 * int(w)}x{2 * int(h)}" for w, h in (one.split("x") for one in sizes)}
    if found in sizes:
        return
    if found in double:
        yield Fault(
            found, "Nothing to do: it is exactly twice the size and stays sharp on dense screens.", severity="info"
        )
    else:
        yield Fault(found, f"Export the artwork again at {listed(sizes)} pixels: it is {found}.")


def declared_size(facts: BundleFacts, sizes: list[str]) -> Iterator[Fault]:
    """The ad.size meta tag of a bundle."""
    if facts.width is None:
        w, h = sizes[0].split("x")
        tag = f'<meta name="ad.size" content="width={w},height={h}">'
        yield Fault("no ad.size tag", f"Add {tag} to the head of {facts.entry}.", facts.entry)
    elif f"{facts.width}x{facts.height}" not in sizes:
        found = f"{facts.width}x{facts.height}"
        yield Fault(
            found, f"Build the ad at {listed(sizes)} and say so in its ad.size tag: it says {found}.", facts.entry
        )


def image_type(facts: ImageFacts, types: list[str]) -> Iterator[Fault]:
    """The encoding told by content."""
    if facts.encoding not in types:
        yield Fault(facts.encoding, f"Save the picture as {listed(types)}.")


def animation(facts: ImageFacts, limit_s: float) -> Iterator[Fault]:
    """All passes of an animated picture together."""
    if facts.loops is None:
        return
    if facts.loops == 0:
        yield Fault(
            "repeats for ever", f"Let the animation stop after at most {number(limit_s)} seconds in all.", "animation"
        )
    elif facts.loops * facts.duration_s > limit_s + 0.05:
        total = number(facts.loops * facts.duration_s)
        yield Fault(
            f"{total} s in all", f"Shorten the animation or repeat it less: {total} s must come down to {number(limit_s)} s.",
            "animation",
        )  # fmt: skip


def bundle_animation(facts: BundleFacts, limit_s: float) -> Iterator[Fault]:
    """Declared CSS movement and repeats without an end."""
    for spot in facts.endless:
        yield Fault(
            f"repeats for ever ({spot.what})", f"Give it a number of repeats that ends within {number(limit_s)} seconds.",
            spot.where,
        )  # fmt: skip
    if facts.animation_s > limit_s + 0.05:
        total = number(facts.animation_s)
        yield Fault(
            f"{total} s", f"Shorten the animation: {total} s must come down to {number(limit_s)} s.", facts.entry
        )


def frame_rate(facts: ImageFacts, limit: float) -> Iterator[Fault]:
    """The fastest change between two pictures of an animation."""
    if facts.max_fps > limit + 0.5:
        yield Fault(
            f"{number(facts.max_fps)} pictures a second",
            f"Show each picture for at least {1000 / limit:.0f} ms: {number(facts.max_fps)} a second is more than "
            f"{number(limit)}.", "animation",
        )  # fmt: skip


def loops(facts: ImageFacts, limit: int) -> Iterator[Fault]:
    """How often an animation plays."""
    if facts.loops is not None and (facts.loops == 0 or facts.loops > limit):
        found = "for ever" if facts.loops == 0 else f"{facts.loops} times"
        yield Fault(f"plays {found}", f"Set the animation to play at most {limit} times.", "animation")


def colour(facts: ImageFacts, modes: list[str]) -> Iterator[Fault]:
    """The colour space; browsers show print colours wrongly or not at all."""
    space = "CMYK" if facts.colour_mode == "CMYK" else "LAB" if facts.colour_mode == "LAB" else "RGB"
    if space not in modes:
        yield Fault(space, f"Convert the picture to {listed(modes)} (sRGB): {space} is for print.")


def colour_profile(facts: ImageFacts, wanted: list[str]) -> Iterator[Fault]:
    """The colour profile the picture carries; none at all is taken for sRGB, as browsers do."""
    if facts.colour_profile and not any(one.lower() in facts.colour_profile.lower() for one in wanted):
        yield Fault(facts.colour_profile, f"Convert the picture to {listed(wanted)}: it looks dull where profiles are passed over.")


def safe_area(facts: ImageFacts, shares: list[float]) -> Iterator[Fault]:
    """Distance of words and other detail from the edges, as shares of height and width: top, right, bottom, left."""
    sides = zip(("top", "right", "bottom", "left"), shares, facts.margins, strict=True)
    for side, share, found in sides:
        needed = round(share * (facts.height if side in ("top", "bottom") else facts.width))
        if 0 <= found < needed:
            yield Fault(f"detail {found} pixels from the {side}",
                        f"Keep words and logos {needed} pixels away from the {side}: phones cover it.", side)  # fmt: skip


def transparency(facts: ImageFacts, wanted: str) -> Iterator[Fault]:
    """Transparency forbidden or required."""
    if wanted == "required" and not facts.transparent:
        yield Fault("no transparency", "Export it as a PNG with a transparent background.")
    if wanted == "forbidden" and facts.transparent:
        yield Fault("transparent parts", "Put a solid background behind the artwork: pages differ in colour.")


def border(facts: ImageFacts, _: Any) -> Iterator[Fault]:
    """A line round artwork that would melt into a white page."""
    if facts.edge_is_pale and not facts.has_border:
        yield Fault("pale edge without a line", "Draw a line of 1 pixel in a darker colour round the whole ad.", "edge")


def side(facts: ImageFacts, limit: int) -> Iterator[Fault]:
    """The longest side the ad server takes."""
    if max(facts.width, facts.height) > limit:
        yield Fault(f"{facts.width}x{facts.height}", f"Export it with no side above {limit} pixels.")


RULES = (
    Rule("sizes", "Size", lambda v: f"{listed(v)} pixels", {ImageFacts: size, BundleFacts: declared_size}),
    Rule("image_types", "Picture type", listed, {ImageFacts: image_type}),
    Rule("max_animation_s", "Animation", lambda v: f"at most {number(v)} seconds, all repeats together",
         {ImageFacts: animation, BundleFacts: bundle_animation}),
    Rule("max_fps", "Animation speed", lambda v: f"at most {number(v)} pictures a second", {ImageFacts: frame_rate}),
    Rule("max_loops", "Repeats", lambda v: f"plays at most {number(v)} times", {ImageFacts: loops}),
    Rule("colour", "Colours", listed, {ImageFacts: colour}),
    Rule("colour_profile", "Colour profile", listed, {ImageFacts: colour_profile}),
    Rule("safe_area", "Safe area", lambda v: "no detail near the edges: top {:.0%}, right {:.0%}, bottom {:.0%}, left {:.0%}".format(*v),
         {ImageFacts: safe_area}),
    Rule("transparency", "Transparency", lambda v: f"transparency {v}", {ImageFacts: transparency}),
    Rule("border", "Border", fixed("a visible line round a pale ad"), {ImageFacts: border}),
    Rule("max_side_px", "Longest side", lambda v: f"at most {number(v)} pixels", {ImageFacts: side}),
)  # fmt: skip
