"""Background work of creatives."""

import contextlib
import datetime

from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from makegood.connectors import browser
from makegood.creatives.actions import following, running
from makegood.creatives.models import Version
from makegood.creatives.states import UNDECIDED

RUN = ("html", "vast_tag")  # kinds that do something, or lead somewhere
DONE = ("ran", "stopped")
WAITS = datetime.timedelta(days=14)
MOST = 20


@app.task(name="creatives.run", lock="jail")  # one browser at a time: it is the heaviest thing a machine does for us
def run(version_id: int) -> None:
    """Run one received bundle in the jail, or follow a tag's wrappers. One that is decided or replaced meanwhile, or was run, is left."""
    version = Version.objects.select_related("profile").get(pk=version_id)
    if version.status not in UNDECIDED or version.runs.filter(outcome__in=DONE).exists():
        return
    if version.kind == "html":
        running.run(version, at=timezone.now())
    elif following.wraps(version):
        following.follow(version, at=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="run_waiting")
def run_waiting(timestamp: int) -> None:
    """Every ten minutes: bundles of late that could not be run when they came, now that there is a browser."""
    if browser.missing():
        return
    rows = Version.objects.filter(kind="html", status__in=UNDECIDED, uploaded_at__gte=timezone.now() - WAITS)
    for pk in rows.exclude(runs__outcome__in=DONE).order_by("pk").values_list("pk", flat=True)[:MOST]:
        with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
            run.configure(queueing_lock=f"creatives.run {pk}").defer(version_id=pk)
