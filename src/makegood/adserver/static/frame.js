/* Runs inside the ad's frame: reports when rendering begins and when half of the ad was in view for a second. */
(function () {
  "use strict";
  var told = document.body.dataset, ad = document.getElementById("ad"), shown = false, timer = null;
  var SHARE = 0.5, FOR_MS = 1000;

  function tell(message) { window.parent.postMessage(message, "*"); }
  function send(url) { if (url) { new Image().src = url; } }
  if (told.empty || !ad) { tell({ makegood: "empty" }); return; }
  tell({ makegood: "filled", width: told.width, height: told.height });

  function watch() {
    if (!window.IntersectionObserver) { return; }
    var observer = new IntersectionObserver(function (entries) {
      var last = entries[entries.length - 1];
      var seen = last.isIntersecting && last.intersectionRatio >= SHARE && document.visibilityState === "visible";
      if (seen && timer === null) {
        timer = setTimeout(function () { observer.disconnect(); send(told.viewable); }, FOR_MS);
      } else if (!seen && timer !== null) { clearTimeout(timer); timer = null; }
    }, { threshold: [0, SHARE, 1] });
    observer.observe(ad);
    document.addEventListener("visibilitychange", function () {
      if (document.visibilityState !== "visible") { clearTimeout(timer); timer = null; }
      observer.unobserve(ad); observer.observe(ad);
    });
  }

  function begin() {
    if (shown) { return; }
    shown = true;
    var size = window.innerWidth * window.innerHeight;
    send(told.impression + (size > 0 ? "" : "&z=1"));
    (told.others || "").split(" ").forEach(send);
    watch();
  }

  ad.addEventListener("load", begin);
  if (ad.tagName === "IMG" && ad.complete && ad.naturalWidth > 0) { begin(); }
})();
