"""What a client does about its own advertisements."""

from tests.permissions.scenes.creatives import picture, refused, until
from tests.permissions.scenes.setting import Sent, scene


@scene("portal-except")
def exempt(w, at):
    return Sent({"why": "one week"} | until(at), {"creative_id": refused(w, at, 31).creative_id})


@scene("portal-upload")
def upload(w, at):
    return Sent({"file": picture(32), "click_url": "https://bank.example/"})


@scene("portal-resend")
def resend(w, at):
    return Sent({"file": picture(33)}, {"creative_id": refused(w, at, 34).creative_id})
