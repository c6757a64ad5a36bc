"""Every URL of the application. Areas declare their own routes; this only joins them."""

from django.urls import include, path

urlpatterns = [
    path("", include("makegood.interfaces.web.urls")),
]
