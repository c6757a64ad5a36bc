"""Handing out stored files to those who may read them. Always as a download, except pictures and PDF shown in place."""

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from makegood.core import queries

SHOWN = ("image/png", "image/jpeg", "image/webp", "image/gif", "application/pdf")


@require_safe
def download(request: HttpRequest, file_id: int) -> FileResponse:
    """The bytes. What the person may not read does not exist for them."""
    file = queries.readable_file(request.user, file_id)  # type: ignore[arg-type]
    if file is None or not file.path.exists():
        raise Http404("This file is not here, or not yours to read.")
    shown = file.media_type in SHOWN and "download" not in request.GET
    response = FileResponse(
        file.path.open("rb"), as_attachment=not shown, filename=file.name, content_type=file.media_type
    )
    response["Content-Security-Policy"] = (
        "default-src 'none'; style-src 'unsafe-inline'; sandbox"  # a file is never a page of ours
    )
    response["Cache-Control"] = "private, max-age=3600"
    return response
