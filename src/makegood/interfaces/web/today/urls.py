"""Addresses of Today, and the number it shows in the rail."""

from django.urls import path, re_path
from django.utils import timezone

from makegood.insight import queue
from makegood.interfaces.web import shell
from makegood.interfaces.web.today import beside, doing, views

KEY = r"(?P<key>(?:task|approval|case|mention|pace|version|order|import|hold|invoice|change)-\d+)"

urlpatterns = [
    path("", views.today, name="today"),
    re_path(r"^today/tasks/(?P<task_id>\d+)/(?P<verb>done|reopen|ask)/$", doing.task, name="today-task"),
    re_path(rf"^today/snooze/{KEY}/$", doing.snooze, name="today-snooze"),
    re_path(rf"^today/wake/{KEY}/$", doing.wake, name="today-wake"),
    re_path(rf"^today/hand-over/{KEY}/$", beside.hand_over, name="today-hand-over"),
    path("today/remind/", doing.remind_all, name="today-remind"),
    path("today/reply/<int:notice_id>/", doing.reply, name="today-reply"),
    path("today/decide/<int:approval_id>/", beside.decide, name="today-decide"),
    path("today/countersign/<int:order_id>/", beside.countersign, name="today-countersign"),
    path("today/hold/<int:hold_id>/", beside.hold, name="today-hold"),
]
shell.count_with("today", lambda person: queue.waiting(person, timezone.now()))
