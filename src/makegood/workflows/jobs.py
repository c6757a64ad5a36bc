"""Work over several packages in the background. Each run does whatever is due, however late it comes."""

from django.conf import settings
from django.utils import timezone
from procrastinate.contrib.django import app

from makegood.creatives.actions import uploading
from makegood.work.actions import chasing
from makegood.workflows import changing, creative_life, holding, publishing
from makegood.workflows.crediting import advance
from makegood.workflows.keeping import closing, flights, landings, reminders
from makegood.workflows.ordering import asking


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="expire_holds")
def expire_holds(timestamp: int) -> None:
    """Every five minutes: holds whose moment has come."""
    holding.expire_due(at=timezone.now())


@app.periodic(cron="*/2 * * * *")
@app.task(queueing_lock="follow_flights")
def follow_flights(timestamp: int) -> None:
    """Every two minutes: flights seen in the counts go live, those past their end complete, pauses begin and end, lines and orders with them."""
    flights.follow(at=timezone.now())
    changing.follow_pauses(at=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="close_held_tasks")
def close_held_tasks(timestamp: int) -> None:
    """Every five minutes: tasks whose fact holds by now are done."""
    asking.close_all_held(at=timezone.now())


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="follow_prepayments")
def follow_prepayments(timestamp: int) -> None:
    """Every five minutes: orders of clients who pay in advance, paid by now, may start."""
    advance.follow(at=timezone.now())


@app.periodic(cron="5 14 * * *")
@app.task(queueing_lock="remind_clients")
def remind_clients(timestamp: int) -> None:
    """Every working day in the morning of the Americas and the afternoon of Europe: what clients owe past its date."""
    reminders.remind(at=timezone.now())


@app.periodic(cron="35 * * * *")
@app.task(queueing_lock="close_orders")
def close_orders(timestamp: int) -> None:
    """Every hour: completed orders that are billed and paid are closed."""
    closing.close_settled(at=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="stop_ended_creatives")
def stop_ended_creatives(timestamp: int) -> None:
    """Every ten minutes: creatives whose exception or interim approval has ended leave their flights and the plan."""
    creative_life.stop_ended(at=timezone.now())


@app.periodic(cron="40 * * * *")
@app.task(queueing_lock="warn_ending_creatives")
def warn_ending_creatives(timestamp: int) -> None:
    """Every hour: owners of flights whose creatives will have to stop within five working days are told."""
    creative_life.warn_ending(at=timezone.now())


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="chase_approvals")
def chase_approvals(timestamp: int) -> None:
    """Every ten minutes: approvals half through their time are reminded of, late ones go to who is above."""
    chasing.chase(at=timezone.now())


@app.periodic(cron="25 3 * * *")
@app.task(queueing_lock="stop_altered_creatives")
def stop_altered_creatives(timestamp: int) -> None:
    """Every night: running creatives whose stored bytes are not those approved leave their flights and the plan."""
    creative_life.stop_altered(at=timezone.now())


@app.periodic(cron="50 4 * * *")
@app.task(queueing_lock="clean_uploads")
def clean_uploads(timestamp: int) -> None:
    """Every night: files sent in pieces that nobody went on with for two days are forgotten."""
    uploading.clean(at=timezone.now())


@app.periodic(cron="20 */6 * * *")
@app.task(queueing_lock="correct_plan")
def correct_plan(timestamp: int) -> None:
    """Every six hours: the plan is made again from what was delivered, so that flights come back to their course."""
    publishing.correct(at=timezone.now())


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="follow_landings", lock="jail")
def follow_landings(timestamp: int) -> None:
    """Every quarter of an hour: landing pages not looked at for a day."""
    if settings.LANDINGS:
        landings.follow(at=timezone.now())
