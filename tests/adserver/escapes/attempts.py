"""The attempts, one script each. `escaped()` is called by a script that got something; what leaves the frame is seen outside.

`OUT` stands for an address outside that keeps a list of who came: a form, a page or a picture from there names the attempt.
"""

import dataclasses
import hashlib

PAGE = """<!doctype html><meta charset="utf-8"><meta name="ad.size" content="width=300,height=60"><title>%(name)s</title>
<style>body { margin: 0; background: #cfe; font: 14px sans-serif; } #ad { height: 60px; cursor: pointer; }</style><div id="ad">%(name)s</div>
<script>
var OUT = "%(out)s/%(name)s", clickTag = "";
function escaped(what) { console.log("ESCAPED %(name)s " + (what || "")); }
function link(href, target) { var a = document.createElement("a"); a.href = href; a.target = target || ""; document.body.append(a); return a; }
function frame(src) { var f = document.createElement("iframe"); f.src = src || "about:blank"; document.body.append(f); return f; }
function post(target) { document.body.insertAdjacentHTML("beforeend", "<form method=post action='" + OUT + "' target='" + target + "'></form>"); document.forms[0].submit(); }
document.getElementById("ad").addEventListener("click", function () { window.open(clickTag); });
console.log("TRIED %(name)s");
async function attempt() { %(script)s }
%(start)s
</script>"""
AT_ONCE = "attempt().catch(function () {});"
WORKER = 'self.onconnect = function (e) { e.ports[0].postMessage("here"); };'


@dataclasses.dataclass(frozen=True)
class Attempt:
    """One way out. `gesture`: tried with a person's click behind it, which opens more doors than a script alone."""

    name: str
    script: str
    gesture: bool = False

    @property
    def folder(self) -> str:
        """The asset folder: a hash, as the ad server wants it."""
        return hashlib.sha256(self.name.encode()).hexdigest()

    def files(self, out: str) -> dict[str, str]:
        """The bundle."""
        words = {"name": self.name, "script": self.script, "out": out, "start": "" if self.gesture else AT_ONCE}
        return {"index.html": PAGE % words, "worker.js": WORKER}


ATTEMPTS = tuple(
    Attempt(*row)
    for row in (
        ("top-location", "top.location = OUT;"),
        ("top-replace", "top.location.replace(OUT);"),
        ("top-link", "link(OUT, '_top').click();"),
        ("top-open", "window.open(OUT, '_top');"),
        ("top-form", "post('_top');"),
        ("top-base", "var b = document.createElement('base'); b.target = '_top'; document.head.append(b); link(OUT).click();"),
        ("top-with-gesture", "top.location = OUT;", True),
        ("own-frame", "parent.location = OUT;"),
        ("self-navigation", "location = OUT;"),
        ("parent-script", "parent.location = 'javascript:console.log(\"ESCAPED parent-script\")';"),
        ("read-address", "escaped(top.location.href);"),
        ("parent-document", "escaped(parent.document.body.innerHTML.length);"),
        ("top-document", "top.document.title = 'taken'; escaped();"),
        ("frame-element", "if (window.frameElement) { escaped(); }"),
        ("top-name", "top.name = 'taken'; escaped();"),
        ("document-domain", "document.domain = document.domain; escaped();"),
        ("read-page", "var r = await fetch(HOST, {credentials: 'include'}); escaped((await r.text()).length);"),
        ("cookie", "document.cookie = 'seen=1; path=/'; if (document.cookie.indexOf('seen') >= 0) { escaped(); }"),
        ("cookie-store", "await cookieStore.set('stored', '1'); escaped();"),
        ("local-storage", "localStorage.setItem('seen', '1'); escaped();"),
        ("session-storage", "sessionStorage.setItem('seen', '1'); escaped();"),
        ("indexed-db", "indexedDB.open('seen').onsuccess = function () { escaped(); };"),
        ("cache-storage", "await caches.open('seen'); escaped();"),
        ("private-files", "await navigator.storage.getDirectory(); escaped();"),
        ("keep-storage", "await navigator.storage.persist(); escaped();"),
        ("locks", "await navigator.locks.request('seen', function () { escaped(); });"),
        ("service-worker", "await navigator.serviceWorker.register('worker.js'); escaped();"),
        ("shared-worker", "new SharedWorker('worker.js').port.onmessage = function () { escaped(); };"),
        ("broadcast", "new BroadcastChannel('house').onmessage = function () { escaped(); };"),
        ("blank-child", "frame().contentWindow.localStorage.setItem('seen', '1'); escaped();"),
        ("blob-child", "frame(URL.createObjectURL(new Blob(['<script>localStorage.x = 1; console.log(\"ESCAPED blob-child\")</scr' + 'ipt>'], {type: 'text/html'})));"),
        ("unsandboxed-child", "var f = frame(); f.setAttribute('sandbox', 'allow-same-origin allow-scripts allow-top-navigation');"
                              " f.srcdoc = '<script>localStorage.x = 1; console.log(\"ESCAPED unsandboxed-child\")</scr' + 'ipt>';"),
        ("forged-empty", "parent.eval('top.postMessage({makegood: \"empty\"}, \"*\")'); "),
        ("forged-empty-directly", "top.postMessage({makegood: 'empty'}, '*');"),
        ("popup", "if (window.open(OUT)) { escaped(); }"),
        ("popup-storage", "var w = window.open('about:blank'); w.localStorage.setItem('seen', '1'); escaped();", True),
        ("download-blob", "var a = link(URL.createObjectURL(new Blob(['x']))); a.download = 'download-blob.txt'; a.click();"),
        ("download-address", "frame(OUT + '/file');"),
        ("alert", "alert('alert');"),
        ("confirm", "confirm('confirm');"),
        ("prompt", "prompt('prompt');"),
        ("form", "post('_self');"),
        ("object", "document.body.insertAdjacentHTML('beforeend', '<object data=' + OUT + '></object>');"),
        ("history-back", "history.go(-1);"),
        ("fullscreen", "await document.documentElement.requestFullscreen(); escaped();", True),
        ("pointer-lock", "await document.body.requestPointerLock(); if (document.pointerLockElement) { escaped(); }", True),
        ("clipboard-write", "await navigator.clipboard.writeText('seen'); escaped();", True),
        ("clipboard-read", "await navigator.clipboard.readText(); escaped();", True),
        ("geolocation", "navigator.geolocation.getCurrentPosition(function () { escaped(); });"),
        ("camera", "await navigator.mediaDevices.getUserMedia({video: true}); escaped();"),
        ("microphone", "await navigator.mediaDevices.getUserMedia({audio: true}); escaped();"),
        ("notification", "if (await Notification.requestPermission() === 'granted') { escaped(); }", True),
        ("hid", "await navigator.hid.getDevices(); escaped();"),
        ("usb", "await navigator.usb.getDevices(); escaped();"),
        ("serial", "await navigator.serial.getPorts(); escaped();"),
        ("gyroscope", "new Gyroscope(); escaped();"),
        ("payment", "new PaymentRequest([{supportedMethods: 'https://pay.example'}], {total: {label: 'x', amount: {currency: 'EUR', value: '1'}}}); escaped();"),
        ("accelerometer", "new Accelerometer(); escaped();"),
    )
)  # fmt: skip
