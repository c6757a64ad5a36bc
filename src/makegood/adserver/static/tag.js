/* Makegood ad tag. Put <script async src=".../tag.js"></script> once on the page and, where an ad belongs,
   <div data-makegood="PLACEMENT" data-width="300" data-height="250" data-geo="US" data-kv-team="reds"></div>.
   Each one becomes a sandboxed frame from the ad server; nothing of the page is readable from inside it. */
(function () {
  "use strict";
  var script = document.currentScript;
  if (!script) { return; }
  var base = script.src.replace(/\/tag\.js.*$/, "");
  var origin = base.split("/").slice(0, 3).join("/");
  var frames = [];

  function query(place) {
    var parts = ["placement=" + encodeURIComponent(place.getAttribute("data-makegood"))];
    Array.prototype.forEach.call(place.attributes, function (attribute) {
      var name = attribute.name, key = null;
      if (name.indexOf("data-kv-") === 0) { key = "kv." + name.slice(8); }
      else if (/^data-(geo|device|section|language|category|audiences|consent|test)$/.test(name)) { key = name.slice(5); }
      if (key) { parts.push(encodeURIComponent(key) + "=" + encodeURIComponent(attribute.value)); }
    });
    return parts.join("&");
  }

  function fill(place) {
    if (place.getAttribute("data-makegood-state")) { return; }
    place.setAttribute("data-makegood-state", "asked");
    var frame = document.createElement("iframe");
    frame.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox");
    frame.setAttribute("loading", "lazy");
    frame.setAttribute("scrolling", "no");
    frame.setAttribute("title", "Advertisement");
    frame.width = place.getAttribute("data-width") || "300";
    frame.height = place.getAttribute("data-height") || "250";
    frame.style.border = "0";
    frame.src = base + "/frame?" + query(place);
    frames.push({ frame: frame, place: place });
    place.appendChild(frame);
  }

  window.addEventListener("message", function (event) {
    // A sandboxed frame has the origin "null": it is known by its window, never by what it says of itself.
    var mine = frames.filter(function (entry) { return entry.frame.contentWindow === event.source; })[0];
    var said = event.data && event.data.makegood;
    if (!mine || !said || (event.origin !== "null" && event.origin !== origin)) { return; }
    mine.place.setAttribute("data-makegood-state", said === "empty" ? "empty" : "filled");
    if (said === "empty") { mine.frame.style.display = "none"; return; }
    var width = parseInt(event.data.width, 10), height = parseInt(event.data.height, 10);
    if (width > 0 && width <= 4000 && !mine.place.hasAttribute("data-width")) { mine.frame.width = String(width); }
    if (height > 0 && height <= 4000 && !mine.place.hasAttribute("data-height")) { mine.frame.height = String(height); }
  });

  function fillAll() { Array.prototype.forEach.call(document.querySelectorAll("[data-makegood]"), fill); }
  window.makegood = { fill: fillAll };
  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", fillAll); } else { fillAll(); }
})();
