"""Background work of creatives."""

from django.utils import timezone
from procrastinate.contrib.django import app

from makegood.creatives.actions import running
from makegood.creatives.models import Version

RUN = ("html",)  # kinds whose code runs
UNDECIDED = ("received", "in_review", "failed")


@app.task(name="creatives.run", lock="jail")  # one browser at a time: it is the heaviest thing a machine does for us
def run(version_id: int) -> None:
    """Run one received bundle in the jail. One that is decided or replaced meanwhile, or was run, is left."""
    version = Version.objects.select_related("profile").get(pk=version_id)
    if version.status in UNDECIDED and not version.runs.exclude(outcome="not_run").exists():
        running.run(version, at=timezone.now())
