"""Addresses of the portal."""

from django.urls import path

from makegood.interfaces.web.portal import advert, changing, doing, sending, views

urlpatterns = [
    path("portal/", views.home, name="portal"),
    path("portal/orders/<int:order_id>/", views.campaign, name="portal-campaign"),
    path("portal/orders/<int:order_id>/sign/", doing.sign, name="portal-sign"),
    path("portal/orders/<int:order_id>/change/", changing.change, name="portal-change"),
    path("portal/orders/<int:order_id>/upload/", sending.upload, name="portal-upload"),
    path("portal/orders/<int:order_id>/upload/<int:creative_id>/", sending.upload, name="portal-resend"),
    path("portal/ads/", views.ads, name="portal-ads"),
    path("portal/ads/<int:creative_id>/", advert.advert, name="portal-ad"),
    path("portal/ads/<int:creative_id>/exception/", advert.ask, name="portal-except"),
    path("portal/ads/<int:creative_id>/say/", advert.say, name="portal-ad-say"),
    path("portal/ads/<int:creative_id>/evidence/", advert.show, name="portal-evidence"),
    path("portal/results/", views.results, name="portal-results"),
    path("portal/bills/", views.bills, name="portal-bills"),
    path("portal/bills/<int:invoice_id>/", doing.bill, name="portal-bill"),
    path("portal/messages/", views.messages, name="portal-messages"),
    path("portal/messages/say/", doing.say, name="portal-say"),
]
