"""Addresses of an order's documents and of the clauses on papers."""

from django.urls import path

from makegood.interfaces.web import palette
from makegood.interfaces.web.papers import clauses, documents, preview, sending

ORDER = "orders/<int:order_id>/documents"
urlpatterns = [
    path(f"{ORDER}/", documents.page, name="order-papers"),
    path(f"{ORDER}/now/<str:name>", documents.now, name="order-paper-now"),
    path(f"{ORDER}/<int:number>/<str:name>", documents.of_revision, name="order-paper"),
    path(f"{ORDER}/language/", sending.language, name="order-paper-language"),
    path(f"{ORDER}/send/", sending.send, name="order-send"),
    path(f"{ORDER}/sent/<int:request_id>/remind/", sending.remind, name="order-sent-remind"),
    path(f"{ORDER}/sent/<int:request_id>/withdraw/", sending.withdraw, name="order-sent-withdraw"),
    path("papers/", clauses.listed, name="clauses"),
    path("papers/adopt/", clauses.adopt, name="clauses-adopt"),
    path("papers/preview/", preview.preview, name="clause-preview"),
    path("papers/new/", clauses.new, name="clause-new"),
    path("papers/<int:clause_id>/", clauses.one, name="clause"),
    path("papers/<int:clause_id>/publish/", clauses.publish, name="clause-publish"),
    path("papers/<int:clause_id>/retire/", clauses.retire, name="clause-retire"),
]


@palette.register
def find_papers(actor: object, q: str) -> list[palette.Entry]:
    """The clauses, when asked for by name."""
    if not actor.is_staff_member or not q or not any(word.startswith(q.lower()) for word in ("clauses", "papers", "terms")):  # type: ignore[attr-defined]
        return []
    return [palette.Entry("Clauses on papers", "/papers/", "Do", icon="file-text")]
