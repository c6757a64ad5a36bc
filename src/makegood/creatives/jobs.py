"""Background work of creatives."""

from django.utils import timezone
from procrastinate.contrib.django import app

from makegood.creatives.actions import following, running
from makegood.creatives.models import Version

RUN = ("html", "vast_tag")  # kinds that do something, or lead somewhere
UNDECIDED = ("received", "in_review", "failed")


@app.task(name="creatives.run", lock="jail")  # one browser at a time: it is the heaviest thing a machine does for us
def run(version_id: int) -> None:
    """Run one received bundle in the jail, or follow a tag's wrappers. One that is decided or replaced meanwhile, or was run, is left."""
    version = Version.objects.select_related("profile").get(pk=version_id)
    if version.status not in UNDECIDED or version.runs.exclude(outcome="not_run").exists():
        return
    if version.kind == "html":
        running.run(version, at=timezone.now())
    elif following.wraps(version):
        following.follow(version, at=timezone.now())
