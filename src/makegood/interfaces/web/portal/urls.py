"""Addresses of the portal."""

from django.urls import path

from makegood.interfaces.web.portal import doing, views

urlpatterns = [
    path("portal/", views.home, name="portal"),
    path("portal/orders/<int:order_id>/", views.campaign, name="portal-campaign"),
    path("portal/orders/<int:order_id>/sign/", doing.sign, name="portal-sign"),
    path("portal/orders/<int:order_id>/upload/", doing.upload, name="portal-upload"),
    path("portal/orders/<int:order_id>/upload/<int:creative_id>/", doing.upload, name="portal-resend"),
    path("portal/ads/", views.ads, name="portal-ads"),
    path("portal/results/", views.results, name="portal-results"),
    path("portal/bills/", views.bills, name="portal-bills"),
    path("portal/bills/<int:invoice_id>/", doing.bill, name="portal-bill"),
    path("portal/messages/", views.messages, name="portal-messages"),
    path("portal/messages/say/", doing.say, name="portal-say"),
]
