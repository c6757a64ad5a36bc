"""Addresses of imports."""

from django.urls import path

from makegood.interfaces.web.imports import acts, dropping, views

ONE = "orders/import/<int:import_id>"
urlpatterns = [
    path("orders/import/", dropping.dropped, name="imports"),
    path(f"{ONE}/", views.one, name="import"),
    path(f"{ONE}/page/<int:number>.png", views.picture, name="import-page"),
    path(f"{ONE}/fix/", acts.fix, name="import-fix"),
    path(f"{ONE}/accept/", acts.accept, name="import-accept"),
    path(f"{ONE}/defaults/", acts.defaults, name="import-defaults"),
    path(f"{ONE}/party/", acts.party, name="import-party"),
    path(f"{ONE}/product/", acts.product, name="import-product"),
    path(f"{ONE}/commit/", acts.commit, name="import-commit"),
    path(f"{ONE}/undo/", acts.undo, name="import-undo"),
    path(f"{ONE}/discard/", acts.discard, name="import-discard"),
]
