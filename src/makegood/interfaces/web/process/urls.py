"""The address of the process page."""

from django.urls import path

from makegood.interfaces.web.process import views

urlpatterns = [path("process/", views.process, name="process")]
