"""The two concave curves of a plan: what contacts are worth as they meet the same people, and what a promise delivers.

Contacts of a person are geometric, as everywhere in the engine (Ehrenberg, 1959, with k = 1; see engine.reach).
"""

from __future__ import annotations

import math

from makegood.engine.planner.records import Audience

ROOT_2, ROOT_2PI = math.sqrt(2), math.sqrt(2 * math.pi)


def effective(audience: Audience, contacts: float) -> float:
    """What `contacts` evenly over the audience count as.

    Served at p = n / R, people with k contacts or more are P·p·m / (1 + p(m − 1)) · s^(k−1), s = p(m − 1) / (1 + p(m − 1)).
    Weighing the k-th contact by again^(k−1) sums to n / (1 + (1 − again)·c·n), c = (m − 1) / R. With a frequency of k it is
    s^k / c, which is not concave from zero; below its tangent from the origin, at s = (k − 1) / k, the same people are
    met by running on part of them, so the line of the tangent counts: the least concave curve above.
    """
    return _value_and_slope(audience, contacts)[0]


def slope(audience: Audience, contacts: float) -> float:
    """What one contact more counts as."""
    return _value_and_slope(audience, contacts)[1]


def reach(audience: Audience, contacts: float) -> float:
    """People met at least once."""
    return contacts / (1 + _again(audience) * contacts)


def contacts_for(audience: Audience, mean_frequency: float) -> float:
    """Contacts at which people met have so many on average, 1 + p(m − 1); infinite where nobody is met twice."""
    again = _again(audience)
    return (mean_frequency - 1) / again if again else math.inf


def delivered(units: float, available: float, spread: float) -> float:
    """Expected units of a promise of `units` when what is there is normal: E min(units, A)."""
    if spread <= 0:
        return min(units, available)
    z = (units - available) / spread
    return max(0.0, units - (units - available) * _below(z) - spread * _density(z))


def sure(units: float, available: float, spread: float) -> float:
    """The chance that all of it is there; also what the last unit delivers on average."""
    if spread <= 0:
        return 1.0 if units <= available else 0.0
    return 1 - _below((units - available) / spread)


def delivered_variance(units: float, available: float, spread: float) -> float:
    """The variance of min(units, A) for a normal A: from its first two censored moments."""
    if spread <= 0:
        return 0.0
    z = (units - available) / spread
    below, mean = _below(z), delivered(units, available, spread)
    second = (available**2 + spread**2) * below - spread * (available + units) * _density(z) + units**2 * (1 - below)
    return max(0.0, second - mean**2)


def _again(audience: Audience) -> float:
    """How fast contacts meet the same people: (m − 1) / R."""
    return (max(1.0, audience.per_person) - 1) / audience.requests if audience.requests > 0 else 0.0


def _value_and_slope(audience: Audience, contacts: float) -> tuple[float, float]:
    pace, k = _again(audience), audience.frequency
    if k <= 1:
        fall = 1 + (1 - audience.again) * pace * contacts
        return contacts / fall, 1 / fall**2
    if pace <= 0:
        return 0.0, 0.0
    tangent = min((k - 1) / pace, audience.requests)
    if contacts <= tangent or tangent < (k - 1) / pace:  # never beyond what they ask for: the line goes on
        part = pace * tangent / (1 + pace * tangent)
        steep = part**k / pace / tangent
        return steep * contacts, steep
    part = pace * contacts / (1 + pace * contacts)
    return part**k / pace, k * part ** (k - 1) * (1 - part) ** 2


def _below(z: float) -> float:
    return 0.5 * (1 + math.erf(z / ROOT_2))


def _density(z: float) -> float:
    return math.exp(-z * z / 2) / ROOT_2PI
