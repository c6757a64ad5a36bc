"""What a tag's structure is found to be agrees with the schemas IAB Tech Lab published, on its samples whole and damaged."""

import copy
import random

import pytest
from lxml import etree

from bench import cases
from makegood.documents.creatives.vast_tag import grammar, structure

FOLDER = cases.folder("vast")
SCHEMAS = {"2.0": "vast_2.0.1", "3.0": "vast3_draft", "4.0": "vast4", "4.1": "vast_4.1", "4.2": "vast_4.2"}
SAMPLES = sorted(FOLDER.glob("samples/*/*.xml"))
present = pytest.mark.skipif(not SAMPLES, reason="the published samples and schemas are not on this machine")


def schema(version):
    return etree.XMLSchema(etree.parse(str(FOLDER / "xsd" / f"{SCHEMAS[version]}.xsd")))


def deviates(root, version):
    found = structure.check(root, version)
    return bool(found.broken or found.alien or found.unordered)


def damaged(root, chance):
    """One change somewhere in the tree: dropped, doubled, swapped, unknown, or an attribute wrong, gone or unknown."""
    element = chance.choice([one for one in root.iter() if isinstance(one.tag, str)])
    parent, names = element.getparent(), list(element.attrib)
    how = chance.randrange(7)
    if how == 0 and parent is not None:
        parent.remove(element)
    elif how == 1 and parent is not None:
        element.addnext(copy.deepcopy(element))
    elif how == 2 and len(element) > 1:
        place = chance.randrange(len(element) - 1)
        element.insert(place, element[place + 1])
    elif how == 3:
        etree.SubElement(element, etree.QName(etree.QName(element).namespace, "Bogus"))
    elif how == 4:
        element.set("bogus", "1")
    elif how == 5 and names:
        del element.attrib[chance.choice(names)]
    elif names:
        element.set(chance.choice(names), "zzz")


def disagreements(seed, rounds):
    chance, found = random.Random(seed), []
    schemas = {version: schema(version) for version in ("3.0", "4.1")}
    trees = [etree.parse(str(path), etree.XMLParser(remove_comments=True)) for path in SAMPLES]
    for _ in range(rounds):
        tree = copy.deepcopy(chance.choice(trees))
        damaged(tree.getroot(), chance)
        version = tree.getroot().get("version", "")[:3]
        if version in schemas and schemas[version].validate(tree) == deviates(tree.getroot(), version):
            found.append(etree.tostring(tree).decode())
    return found


@present
@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_every_published_sample_is_judged_as_its_schema_does(path):
    tree = etree.parse(str(path))
    version = tree.getroot().get("version")[:3]
    assert schema(version).validate(tree) is not deviates(tree.getroot(), version)


@present
def test_damaged_samples_are_judged_as_their_schema_does():
    assert disagreements(seed=1, rounds=300) == []


@present
@pytest.mark.nightly
def test_many_damaged_samples_are_judged_as_their_schema_does():
    assert disagreements(seed=2, rounds=10_000) == []


INLINE = {
    "2.0": '<VAST version="2.0"><Ad id="1"><InLine><AdSystem/><AdTitle/><Impression/><Creatives><Creative><Linear><Duration>00:00:15</Duration></Linear></Creative></Creatives></InLine></Ad></VAST>',
    "4.0": '<VAST version="4.0" xmlns="http://www.iab.com/VAST"><Ad><InLine><AdSystem/><Impression/><AdTitle/><Creatives><Creative><Linear><Duration>00:00:15</Duration><MediaFiles><MediaFile delivery="progressive" type="video/mp4" width="1" height="1"/><Mezzanine/></MediaFiles></Linear><UniversalAdId idRegistry="r" idValue="v"/></Creative></Creatives></InLine></Ad></VAST>',
    "4.2": '<VAST version="4.2" xmlns="http://www.iab.com/VAST"><Ad><InLine><AdSystem/><Impression/><AdServingId/><AdTitle/><Creatives><Creative><Linear><Icons><Icon/></Icons><Duration>00:00:15</Duration><MediaFiles><MediaFile delivery="progressive" type="video/mp4" width="1" height="1"/></MediaFiles></Linear><UniversalAdId idRegistry="r"/><UniversalAdId idRegistry="s"/></Creative></Creatives></InLine></Ad></VAST>',
}  # fmt: skip


@present
@pytest.mark.parametrize("version", INLINE)
def test_versions_without_a_sample_are_judged_as_their_schema_does(version):
    chance, tree, oracle = random.Random(3), etree.fromstring(INLINE[version]), schema(version)
    assert oracle.validate(tree) and not deviates(tree, version)
    for _ in range(100):
        changed = copy.deepcopy(tree)
        damaged(changed, chance)
        if changed.get("version") == version:
            assert oracle.validate(changed) is not deviates(changed, version), etree.tostring(changed)


def test_a_version_differs_from_the_next():
    tree = etree.fromstring(INLINE["4.2"])
    tree.set("version", "4.1")
    found = structure.check(tree, "4.1")
    assert [spot.what for spot in found.alien] == ["2 times UniversalAdId, once is allowed"]
    assert structure.check(tree, "4.3").alien == [] and structure.check(tree, "9.9").broken == []


def test_the_notation_is_read():
    rule = grammar.of("4.2").element("Creative", ("VAST", "Ad", "Wrapper", "Creatives"))
    assert [part.names for part in rule.parts] == [("CompanionAds",), ("Linear",), ("NonLinearAds",)]
    assert grammar.of("4.1").element("Creative", ()).free and not grammar.of("4.2").element("Creative", ()).free
    assert grammar.of("1.0") is None
