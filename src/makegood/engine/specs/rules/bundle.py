"""Rules for HTML5 bundles: weight as loaded, click tag, self-containment, what its scripts may call.
Static reading only: what the ad does when it runs is seen in the sandbox.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any
from urllib.parse import urlsplit

from makegood.engine.specs.facts import BundleFacts, Spot
from makegood.engine.specs.findings import Fault
from makegood.engine.specs.rules.rule import KB, Check, Rule, fixed, kb, listed, number


def _at_most(read: Callable[[BundleFacts], float], show: Callable[[float], str], unit: float, fix: str) -> Check:
    def check(facts: BundleFacts, limit: float) -> Iterator[Fault]:
        found = read(facts)
        if found > limit * unit:
            yield Fault(show(found), f"{fix}: {show(found)} must come down to {show(limit * unit)}.", facts.entry)

    return check


def _each(read: Callable[[BundleFacts], Iterable[Spot]], fix: str) -> Check:
    def check(facts: BundleFacts, _: Any) -> Iterator[Fault]:
        for spot in read(facts):
            yield Fault(spot.what, fix.format(spot.what), spot.where)

    return check


def click_tag(facts: BundleFacts, _: Any) -> Iterator[Fault]:
    """A click goes to an address the ad server hands over, never to one written into the ad."""
    if facts.click is None:
        yield Fault(
            "no click tag", "Add var clickTag = \"\" and open window.clickTag on a click, so that clicks are counted.",
            facts.entry,
        )  # fmt: skip
    for spot in facts.hard_coded_clicks:
        yield Fault(
            f"click goes straight to {spot.what}", "Open window.clickTag instead: the landing page is set in the order.",
            spot.where,
        )  # fmt: skip


def self_contained(facts: BundleFacts, allowed: list[str]) -> Iterator[Fault]:
    """Everything comes from the zip, or from a host the seller allows."""
    for spot in facts.outside_requests:
        host = (urlsplit(spot.what if ":" in spot.what.split("/")[0] else f"https:{spot.what}").hostname or "").lower()
        if not any(host == one or host.endswith(f".{one}") for one in allowed):
            yield Fault(
                f"loads {spot.what}", f"Put the file from {host or 'there'} into the zip and refer to it by a relative path.",
                spot.where,
            )  # fmt: skip


def blocked_apis(facts: BundleFacts, blocked: list[str]) -> Iterator[Fault]:
    """Browser functions the seller does not let ads call."""
    for spot in facts.apis:
        if spot.what in blocked:
            yield Fault(f"uses {spot.what}", f"Take {spot.what} out of the script: ads may not use it.", spot.where)


def unused(facts: BundleFacts, _: Any) -> Iterator[Fault]:
    """Files nothing refers to."""
    if facts.unused:
        some = ", ".join(facts.unused[:3]) + (" …" if len(facts.unused) > 3 else "")
        yield Fault(f"{len(facts.unused)} unused: {some}", f"Leave out files the ad does not use: {some}.", "zip")


def entry(facts: BundleFacts, _: Any) -> Iterator[Fault]:
    """The page stands at the top or in one clear folder."""
    if facts.entry.count("/") > 1:
        yield Fault(facts.entry, "Put the ad's page at the top of the zip.", facts.entry)


RULES = (
    Rule("max_zip_kb", "Weight of the zip", lambda v: f"at most {number(v)} KB", {BundleFacts: _at_most(
        lambda f: f.file.weight_bytes, kb, KB, "Compress pictures and leave out fonts that are not needed")}),
    Rule("max_initial_kb", "Weight at first load", lambda v: f"at most {number(v)} KB, gzipped", {BundleFacts: _at_most(
        lambda f: f.initial_bytes, kb, KB, "Compress pictures or load them after the page")}),
    Rule("max_subload_kb", "Weight loaded later", lambda v: f"at most {number(v)} KB, gzipped", {BundleFacts: _at_most(
        lambda f: f.subload_bytes, kb, KB, "Compress what loads later")}),
    Rule("max_files", "Number of files", lambda v: f"at most {number(v)} files", {BundleFacts: _at_most(
        lambda f: f.files, lambda n: f"{number(n)} files", 1, "Combine small pictures")}),
    Rule("max_requests", "Requests at first load", lambda v: f"at most {number(v)}", {BundleFacts: _at_most(
        lambda f: f.initial_requests, lambda n: f"{number(n)} requests", 1, "Combine scripts, styles and pictures")}),
    Rule("click_tag", "Click tag", fixed("a click tag and no fixed landing page"), {BundleFacts: click_tag}),
    Rule("self_contained", "Outside requests", lambda v: f"only files of the zip{' or from ' + listed(v) if v else ''}",
         {BundleFacts: self_contained}),
    Rule("https", "Secure addresses", fixed("https everywhere"), {BundleFacts: _each(
        lambda f: f.insecure, "Change {} to https: browsers block the rest.")}),
    Rule("complete", "Complete bundle", fixed("every file the page refers to"), {BundleFacts: _each(
        lambda f: f.missing, "Add {} to the zip, or correct its relative path (mind capitals).")}),
    Rule("no_unused_files", "Unused files", fixed("only files the ad uses"), {BundleFacts: unused}),
    Rule("entry_at_top", "Entry page", fixed("at the top or in one folder"), {BundleFacts: entry}),
    Rule("blocked_apis", "Browser functions", lambda v: f"none of {listed(v)}", {BundleFacts: blocked_apis}),
    Rule("muted", "Sound", fixed("silent until the user asks"), {BundleFacts: _each(
        lambda f: f.autoplay_sound, "Add muted to {}: an ad may not start with sound.")}),
)  # fmt: skip
