"""Stories told in order of time: each is a generator that yields the moment it continues at. Knows nothing of what they do."""

import datetime
import heapq
from collections.abc import Callable, Iterable, Iterator

Story = Iterator[datetime.datetime]


def tell(stories: Iterable[Story], *, until: datetime.datetime, each: Callable[[datetime.datetime], None] = lambda _: None) -> int:
    """Run all stories together until `until`; a step of a later moment is never taken. How many steps were.

    Stories continue in order of their moments, then in the order given, so that a seed decides everything.
    """
    waiting: list[tuple[datetime.datetime, int, Story]] = []
    for number, story in enumerate(stories):
        _push(waiting, number, story)
    steps = 0
    while waiting and waiting[0][0] <= until:
        moment, number, story = heapq.heappop(waiting)
        each(moment)
        steps += 1
        _push(waiting, number, story, at_least=moment)
    for _, _, story in waiting:
        story.close()  # type: ignore[attr-defined]
    return steps


def _push(waiting: list[tuple[datetime.datetime, int, Story]], number: int, story: Story, at_least: datetime.datetime | None = None) -> None:
    moment = next(story, None)
    if moment is not None:
        heapq.heappush(waiting, (max(moment, at_least) if at_least else moment, number, story))
