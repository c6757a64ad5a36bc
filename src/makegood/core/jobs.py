"""Background work of the system itself: jobs whose worker died are done by another."""

from procrastinate import JobContext, builtin_tasks
from procrastinate.contrib.django import app

STALLED_S = 30
KEPT_HOURS = 24 * 14


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry_stalled", pass_context=True)
async def retry_stalled(context: JobContext, timestamp: int) -> None:
    """Queue again what a worker was doing when it was killed: without this such jobs stay 'doing' for ever."""
    for job in await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_S):
        await app.job_manager.retry_job(job)


@app.periodic(cron="17 3 * * *")
@app.task(queueing_lock="remove_old_jobs", pass_context=True)
async def remove_old_jobs(context: JobContext, timestamp: int) -> None:
    """Forget finished jobs after two weeks."""
    await builtin_tasks.remove_old_jobs(context, max_hours=KEPT_HOURS)
