"""Addresses of creatives, what waits there, and what they add to the palette."""

from django.urls import path

from makegood.creatives.queries import lists
from makegood.interfaces.web import links, palette, shell
from makegood.interfaces.web.creatives import acts, briefs, bulk, policy, profiles, replacing, review, uploads, views
from makegood.interfaces.web.creatives.tables import CREATIVES, UPLOAD
from makegood.interfaces.web.grid import grid_view

shell.count_with("creatives", lists.to_decide)
urlpatterns = [
    path("creatives/", grid_view(CREATIVES, verb="creatives.review"), name="creatives"),
    path("creatives/review/", review.queue, name="creative-review"),
    path("creatives/consistency/", review.alike, name="creative-consistency"),
    path("creatives/policy/", policy.policy, name="creative-policy"),
    path("creatives/policy/<slug:code>/", policy.rule, name="creative-rule"),
    path("creatives/specs/", profiles.profile_list, name="creative-specs"),
    path("creatives/specs/<slug:code>/", profiles.profile, name="creative-spec"),
    path("creatives/bulk/<int:order_id>/", bulk.bulk, name="creative-bulk"),
    path("creatives/bulk/<int:order_id>/begin/", bulk.begin, name="creative-bulk-begin"),
    path("creatives/bulk/<int:order_id>/brief/", briefs.brief, name="creative-brief"),
    path("creatives/bulk/<int:order_id>/take/", bulk.take, name="creative-bulk-take"),
    path("creatives/bulk/pieces/<int:upload_id>/", bulk.piece, name="creative-bulk-piece"),
    path("creatives/upload/", uploads.upload, name="creative-upload"),
    path("creatives/<int:creative_id>/", views.room, name="creative"),
    path("creatives/<int:creative_id>/upload/", uploads.upload, name="creative-version"),
    path("creatives/<int:creative_id>/compare/", views.compare, name="creative-compare"),
    path("creatives/versions/<int:version_id>/decide/", views.decide, name="creative-decide"),
    path("creatives/versions/<int:version_id>/withdraw/", views.withdraw, name="creative-withdraw"),
    path("creatives/versions/<int:version_id>/succeed/", replacing.succeed, name="creative-succeed"),
    path("creatives/versions/<int:version_id>/ask/", views.ask, name="creative-ask"),
    path("creatives/versions/<int:version_id>/opine/", acts.opine, name="creative-opine"),
    path("creatives/versions/<int:version_id>/exception/", acts.ask_exception, name="creative-except"),
    path("creatives/versions/<int:version_id>/pin/", acts.pin, name="creative-pin"),
    path("creatives/versions/<int:version_id>/approval.json", acts.export, name="creative-approval"),
    path("creatives/pins/<int:pin_id>/settle/", acts.settle_pin, name="creative-pin-settle"),
    path("creatives/<int:creative_id>/brand/", acts.brand, name="creative-brand"),
    path("creatives/<int:creative_id>/evidence/", acts.evidence, name="creative-evidence"),
    path("creatives/versions/<int:version_id>/waveform/", views.wave, name="creative-waveform"),
]


@palette.register
def find(actor: object, q: str) -> list[palette.Entry]:
    """Creatives by name or advertiser; the upload when nothing was typed."""
    if not q:
        return [palette.Entry("Upload creatives", UPLOAD, "Do", icon="upload")]
    rows = lists.creative_list(actor).filter(name__icontains=q) | lists.creative_list(actor).filter(
        advertiser__party__name__icontains=q
    )  # type: ignore[arg-type]
    return [
        palette.Entry(row.name, links.record(row), "Creatives", str(row.advertiser), "photo")
        for row in rows.order_by("-pk")[: palette.LIMIT]
    ]
