"""Every URL of the application. Areas declare their own routes; this only joins them."""

from django.urls import include, path

urlpatterns = [
    path("", include("makegood.interfaces.web.urls")),
]
handler403 = "makegood.interfaces.web.refusals.forbidden"
handler404 = "makegood.interfaces.web.refusals.missing"
handler500 = "makegood.interfaces.web.refusals.broken"
