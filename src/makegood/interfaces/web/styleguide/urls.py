"""The gallery's address."""

from django.urls import path

from makegood.interfaces.web.styleguide import views

urlpatterns = [
    path("styleguide/", views.gallery, name="styleguide"),
    path("styleguide/page.png", views.page_image, name="styleguide-page"),
]
