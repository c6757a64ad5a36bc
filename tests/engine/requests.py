"""Strategies for requests and targetings over a small world, shared by the engine's property tests."""

from hypothesis import strategies as st

from makegood.engine import targeting
from makegood.engine.targeting import Request

GEO = ["US", "US-CA", "US-CA-803", "GB", "GB-LND"]
SECTION = ["news", "news/sport", "news/sport/cycling", "shop"]
VALUES = {
    "placement": [1, 2, 3],
    "device": ["mobile", "desktop", "ctv"],
    "hour_of_week": [0, 5, 167],
    "geo": GEO,
    "section": SECTION,
    "language": ["en", "en-GB", "de"],
    "category": ["IAB1", "IAB1-2"],
    "audience": ["a", "b", "c"],
}


def requests():
    optional = {
        name: st.none() | st.sampled_from(VALUES[name]) for name in ("device", "geo", "section", "language", "category")
    }
    return st.builds(
        Request,
        placement=st.sampled_from(VALUES["placement"]),
        hour_of_week=st.sampled_from(VALUES["hour_of_week"]),
        audiences=st.frozensets(st.sampled_from(VALUES["audience"])),
        key_values=st.dictionaries(st.just("team"), st.sampled_from(["reds", "blues"])),
        **optional,
    )


def _choices(values):
    some = st.lists(st.sampled_from(values), min_size=1, max_size=3, unique=True)
    return some | st.fixed_dictionaries({"exclude": some}) | st.fixed_dictionaries({"include": some, "exclude": some})


def targetings():
    optional = {name: _choices(values) for name, values in VALUES.items()}
    optional["key_values"] = st.fixed_dictionaries({"team": _choices(["reds", "blues"])})
    return st.fixed_dictionaries({}, optional=optional).map(targeting.from_json)
