"""Background work of the system itself: jobs whose worker died are done by another; kept answers are forgotten in time."""

import datetime

from procrastinate import App, JobContext, builtin_tasks
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status

from makegood.core import replies

STALLED_S = 30
KEPT_HOURS = 24 * 14
MOST_TRIES = 5  # a job that took its worker down so often is left failed, to be looked at


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Queue again what a worker was doing when it was killed: without this such jobs stay 'doing' for ever."""
    for job in await context.app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_S):
        await _again(context.app, job)


async def _again(running: App, job: Job) -> None:
    """One job; where its twin of the next turn waits already, that one does the work."""
    try:
        if job.attempts < MOST_TRIES:
            await running.job_manager.retry_job(job)
            return
    except UniqueViolation:
        pass
    assert job.id is not None
    await running.job_manager.finish_job_by_id_async(job.id, Status.FAILED, delete_job=False)


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="remove_old_jobs", pass_context=True)
async def remove_old_jobs(context: JobContext, timestamp: int) -> None:
    """Forget finished jobs after two weeks."""
    await builtin_tasks.remove_old_jobs(context, max_hours=KEPT_HOURS)


@app.periodic(cron="23 3 * * *")
@app.task(queueing_lock="forget_replies")
def forget_replies(timestamp: int) -> None:
    """Drop the answers kept for writes that might have been sent again."""
    replies.forget(at=datetime.datetime.fromtimestamp(timestamp, datetime.UTC))
