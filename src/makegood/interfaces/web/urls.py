"""Every page's address: the foundation's own, then each area's url module in the order of AREAS."""

import pathlib

from django.urls import include, path, re_path
from django.views.generic import RedirectView

from makegood.interfaces.web import assets, files, notices, palette, preferences, signin
from makegood.interfaces.web.grid import saved

AREAS = (
    "styleguide", "today", "tasks", "accounts", "imports", "orders", "papers", "inventory", "plans", "creatives", "trafficking", "pacing", "counts",
    "reports", "goals", "billing", "approvals", "cases", "team", "process", "operations", "portal",
)  # fmt: skip
PRESENT = [area for area in AREAS if (pathlib.Path(__file__).parent / area / "urls.py").exists()]

urlpatterns = [
    re_path(r"^assets/mg\.(?P<digest>[0-9a-f]{12})\.(?P<kind>css|js)$", assets.joined, name="assets"),
    path("favicon.ico", RedirectView.as_view(url="/static/favicon.svg", permanent=True)),
    path("sign-in/", signin.enter, name="account_login"),
    path("sign-out/", signin.leave, name="account_logout"),
    path("sign-in/help/", signin.closed, name="account_signup"),
    path("sign-in/help/", signin.closed, name="account_reset_password"),
    path("preferences/theme/", preferences.theme, name="theme"),
    path("preferences/shortcuts/", preferences.shortcuts, name="shortcuts"),
    path("preferences/zone/", preferences.zone, name="zone"),
    path("palette/", palette.search, name="palette"),
    path("views/save/", saved.save, name="view-save"),
    path("views/<int:view_id>/drop/", saved.drop, name="view-drop"),
    path("notices/", notices.latest, name="notices"),
    path("notices/read/", notices.read, name="notices-read"),
    path("notices/<int:notice_id>/", notices.open_one, name="notice-open"),
    path("files/<int:file_id>/", files.download, name="file"),
    *[path("", include(f"makegood.interfaces.web.{area}.urls")) for area in PRESENT],
]
