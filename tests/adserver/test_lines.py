"""The lines of ads are written as text; they are what an event of the same facts would be stored as."""

import dataclasses

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.adserver import events, lines
from makegood.adserver.events import Event, Source

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=6)
IDS = st.integers(0, 2**40)
SOURCES = st.builds(Source, TEXTS, TEXTS, st.booleans(), st.booleans())


@settings(max_examples=150, deadline=None)
@given(IDS, IDS, TEXTS, TEXTS, SOURCES, st.booleans(), st.frozensets(TEXTS, max_size=3))
def test_text_and_event_agree(flight, creative, geo, device, source, test, names):
    text = f'{{"id":"n.request","kind":"request","at":5{lines.ids(flight_id=flight, creative_id=creative)}'
    text += f"{lines.about(geo, device, source, test)}{lines.audiences(names)}}}\n"
    event = Event(
        "n.request", "request", 5, flight_id=flight, creative_id=creative, geo=geo, device=device, ip=source.ip, bot=source.bot,
        datacentre=source.datacentre, prefetch=source.prefetch, test=test, audiences=tuple(sorted(names)),
    )  # fmt: skip
    assert orjson.loads(text) == orjson.loads(event.line())
    assert events.parse(lines.Lines(("request",), text).line()) == event == events.parse(event.line())


def test_what_is_left_out_is_the_default():
    assert Event("a.click", "click", 1).line() == b'{"id":"a.click","kind":"click","at":1}\n'
    whole = orjson.dumps(dataclasses.asdict(Event("a.click", "click", 1, geo="US")) | {"newer": 1})
    assert events.parse(whole) == Event("a.click", "click", 1, geo="US")
