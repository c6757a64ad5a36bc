"""Threads: the same answer to the last bit however many there are, whoever else is solving, and after a fork."""

import dataclasses
import multiprocessing
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from makegood.engine import allocation
from makegood.engine.allocation import crew


def problem(seed, contracts=120, cells=2_000):
    """Contended, and larger than hypothesis' problems: some 30,000 edges."""
    rng = np.random.default_rng(seed)
    capacity, own = rng.uniform(1, 9, cells), [np.flatnonzero(rng.random(cells) < rng.uniform(0.02, 0.3)) for _ in range(contracts)]
    demand = np.array([0.03 * capacity[one].sum() * rng.uniform(0.2, 2.5) for one in own])
    return allocation.problem(capacity, own, demand, rng.uniform(20, 200, contracts), most=rng.choice([1.0, 0.3], contracts))


@pytest.fixture(autouse=True)
def _small_parts(monkeypatch):
    """Parts as a problem of millions of edges has them."""
    monkeypatch.setattr(crew, "PART", 1_000)


def same(one, other):
    """Every figure and every array, bit by bit."""
    return all(np.array_equal(getattr(one, field.name), getattr(other, field.name)) for field in dataclasses.fields(one))


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_number_of_threads_does_not_change_a_bit(seed):
    of = problem(seed)
    assert len(of.parts) == len(of.parts_of_cells) == crew.MOST
    alone = allocation.optimum(of, threads=1)
    assert alone.gap <= 1e-4
    assert [same(allocation.optimum(of, threads=count), alone) for count in (2, 3, 8, None)] == [True] * 4


def test_other_parts_would_be_seen(monkeypatch):
    """Negative control: sums that are cut elsewhere differ in their last bits, and the comparison tells."""
    eight = allocation.optimum(problem(1), threads=1)
    monkeypatch.setattr(crew, "MOST", 3)
    three = allocation.optimum(problem(1), threads=1)
    assert not same(eight, three)
    assert three.primal == pytest.approx(eight.primal, rel=2e-4)


def test_several_solve_at_once():
    problems = [problem(seed) for seed in (1, 2, 3)]
    alone = [allocation.optimum(of, threads=1) for of in problems]
    with ThreadPoolExecutor(3) as callers:
        together = list(callers.map(lambda of: allocation.optimum(of, threads=2), problems))
    assert [same(one, other) for one, other in zip(alone, together, strict=True)] == [True] * 3


def test_no_thread_outlives_a_solve():
    before = threading.active_count()
    allocation.optimum(problem(1), threads=4)
    allocation.optimum(problem(1), threads=4, deadline_s=0.0)
    assert threading.active_count() == before


def test_a_forked_process_solves_as_well():
    of = problem(2)
    here = allocation.optimum(of, threads=2)
    with multiprocessing.get_context("fork").Pool(1) as pool:
        assert same(pool.apply_async(_solved, (2,)).get(60), here)


def _solved(seed):
    return allocation.optimum(problem(seed), threads=2)


@settings(max_examples=100)
@given(st.lists(st.integers(0, 30), min_size=1, max_size=60), st.integers(1, 40))
def test_parts_hold_everything_once(lengths, part):
    first = np.concatenate([[0], np.cumsum(lengths)])
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(crew, "PART", part)
        found = crew.parts(first)
    assert [n for begin, end in found for n in range(begin, end)] == list(range(len(lengths)))
    assert len(found) <= crew.MOST
    assert max(first[end] - first[begin] for begin, end in found) <= first[-1] / len(found) + max(lengths)
