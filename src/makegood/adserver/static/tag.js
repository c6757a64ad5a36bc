/* Makegood ad tag. Put <script async src=".../tag.js"></script> once on the page and, where an ad belongs,
   <div data-makegood="PLACEMENT" data-width="300" data-height="250" data-geo="US" data-kv-team="reds"></div>.
   Each one becomes a sandboxed frame from the ad server; nothing of the page is readable from inside it.
   data-lazy="400": asked when within so many pixels of the view ("off": at once); data-refresh="30": a new ad after so
   many seconds in view, never sooner than 30; data-refresh-most="10": at most so often. */
(function () {
  "use strict";
  var script = document.currentScript;
  if (!script) { return; }
  var base = script.src.replace(/\/tag\.js.*$/, ""), origin = base.split("/").slice(0, 3).join("/"), slots = [];
  var NEAR_PX = 400, SOONEST_S = 30, MOST_OFTEN = 10, CONSENT_WITHIN_MS = 1000, IN_VIEW = 0.5;

  function given(slot, name, otherwise) {
    var value = parseInt(slot.place.getAttribute(name), 10);
    return isNaN(value) ? otherwise : value;
  }

  function query(place, consent) {
    var parts = ["placement=" + encodeURIComponent(place.getAttribute("data-makegood"))];
    Array.prototype.forEach.call(place.attributes, function (attribute) {
      var name = attribute.name, key = null;
      if (name.indexOf("data-kv-") === 0) { key = "kv." + name.slice(8); }
      else if (/^data-(geo|device|section|language|category|audiences|consent|test)$/.test(name)) { key = name.slice(5); }
      if (key) { parts.push(encodeURIComponent(key) + "=" + encodeURIComponent(attribute.value)); }
    });
    if (consent && !place.hasAttribute("data-consent")) { parts.push("consent=" + encodeURIComponent(consent)); }
    return parts.join("&");
  }

  /* What the page's consent platform says (IAB TCF, else GPP), "" when there is none or it does not answer in time. */
  function whenConsentKnown(then) {
    var told = false, late;
    function tell(consent) { if (!told) { told = true; clearTimeout(late); then(consent); } }
    late = setTimeout(tell, CONSENT_WITHIN_MS, "");
    if (typeof window.__tcfapi === "function") {
      window.__tcfapi("addEventListener", 2, function (data, success) {
        if (success && data.eventStatus !== "cmpuishown") { tell(data.gdprApplies === false ? "1" : data.tcString || ""); }
      });
    } else if (typeof window.__gpp === "function") {
      window.__gpp("ping", function (data) {
        var sections = (data && data.applicableSections || []).filter(function (one) { return one > 0; });
        tell(data && data.gppString ? data.gppString + (sections.length ? ";" + sections.join(",") : "") : "");
      });
    } else { tell(""); }
  }

  function ask(slot, consent) {
    var frame = document.createElement("iframe"), before = slot.frame;
    frame.setAttribute("sandbox", "allow-scripts allow-popups allow-popups-to-escape-sandbox");
    frame.setAttribute("scrolling", "no");
    frame.setAttribute("allow", "autoplay");
    frame.setAttribute("title", "Advertisement");
    frame.width = slot.place.getAttribute("data-width") || "300";
    frame.height = slot.place.getAttribute("data-height") || "250";
    frame.style.border = "0";
    frame.src = base + "/frame?" + query(slot.place, consent);
    slot.frame = frame; slot.follows = false;
    slot.place.setAttribute("data-makegood-state", "asked");
    frame.name = JSON.stringify({ makegood: whereabouts(before || slot.place, frame) });
    if (before) { slot.place.replaceChild(frame, before); } else { slot.place.appendChild(frame); }
  }

  function within(from, to, size) { return Math.max(0, Math.min(to, size) - Math.max(from, 0)) / (to - from || 1); }

  /* Where an ad is, as SafeFrame 1.1 tells it (geom): the window on the screen, the ad in the window, room to expand: none. */
  function whereabouts(element, frame) {
    var box = element.getBoundingClientRect(), width = window.innerWidth, height = window.innerHeight;
    var right = box.left + Number(frame.width), bottom = box.top + Number(frame.height);
    var across = within(box.left, right, width), down = within(box.top, bottom, height), page = document.documentElement;
    return { focus: document.hasFocus(), geom: {
      win: { t: window.screenY, l: window.screenX, b: window.screenY + height, r: window.screenX + width, w: width, h: height },
      self: { t: box.top, l: box.left, b: bottom, r: right, w: Number(frame.width), h: Number(frame.height),
        z: getComputedStyle(element).zIndex, xiv: Math.round(across * 100) / 100, yiv: Math.round(down * 100) / 100,
        iv: Math.round(across * down * 100) / 100 },
      exp: { t: 0, l: 0, b: 0, r: 0, xs: page.scrollWidth > width, yx: page.scrollHeight > height }
    } };
  }

  /* Tells the frames that asked, at most once a picture of the screen. */
  var telling = false;
  function tellWhereabouts() {
    if (telling) { return; }
    telling = true;
    requestAnimationFrame(function () {
      telling = false;
      slots.forEach(function (slot) {
        if (!slot.follows || !slot.frame.contentWindow) { return; }
        var said = whereabouts(slot.frame, slot.frame);
        slot.frame.contentWindow.postMessage({ makegood: "geometry", geom: said.geom, focus: said.focus }, "*");
      });
    });
  }
  [["scroll", true], ["resize", false], ["focus", false], ["blur", false]].forEach(function (one) {
    window.addEventListener(one[0], tellWhereabouts, { capture: one[1], passive: true });
  });

  function whenNear(slot, then) {
    if (!window.IntersectionObserver || slot.place.getAttribute("data-lazy") === "off") { then(); return; }
    var observer = new IntersectionObserver(function (entries) {
      if (entries[entries.length - 1].isIntersecting) { observer.disconnect(); then(); }
    }, { rootMargin: given(slot, "data-lazy", NEAR_PX) + "px" });
    observer.observe(slot.place);
  }

  /* Only seconds count in which a filled slot is in view on a page that is being looked at. */
  function refresh(slot) {
    var every = given(slot, "data-refresh", 0), left = given(slot, "data-refresh-most", MOST_OFTEN), seconds = 0, seen = false;
    if (every <= 0 || left <= 0 || !window.IntersectionObserver) { return; }
    every = Math.max(SOONEST_S, every);
    var observer = new IntersectionObserver(function (entries) {
      var last = entries[entries.length - 1];
      seen = last.isIntersecting && last.intersectionRatio >= IN_VIEW;
    }, { threshold: [0, IN_VIEW, 1] });
    observer.observe(slot.place);
    var clock = setInterval(function () {
      if (!document.contains(slot.place)) { left = 0; }
      if (left > 0 && seen && document.visibilityState === "visible" && slot.filled && ++seconds >= every) {
        seconds = 0; left -= 1; slot.filled = false;
        whenConsentKnown(function (consent) { ask(slot, consent); });
      }
      if (left <= 0) { clearInterval(clock); observer.disconnect(); }
    }, 1000);
  }

  function fill(place) {
    if (place.getAttribute("data-makegood-state")) { return; }
    var slot = { place: place, frame: null, filled: false };
    place.setAttribute("data-makegood-state", "waiting");
    place.style.minHeight = given(slot, "data-height", 0) + "px";  // kept free, so that the page does not jump
    slots.push(slot);
    whenNear(slot, function () {
      whenConsentKnown(function (consent) {
        if (!document.contains(place)) { return; }
        ask(slot, consent);
        refresh(slot);
      });
    });
  }

  window.addEventListener("message", function (event) {
    // A sandboxed frame has the origin "null": it is known by its window, never by what it says of itself.
    var slot = slots.filter(function (one) { return one.frame && one.frame.contentWindow === event.source; })[0];
    var said = event.data && event.data.makegood;
    if (!slot || !said || (event.origin !== "null" && event.origin !== origin)) { return; }
    if (said === "geometry") { slot.follows = true; tellWhereabouts(); return; }
    slot.filled = said === "filled";
    slot.place.setAttribute("data-makegood-state", slot.filled ? "filled" : "empty");
    if (!slot.filled) { slot.frame.style.display = "none"; slot.place.style.minHeight = ""; return; }
    ["width", "height"].forEach(function (side) {
      var size = parseInt(event.data[side], 10);
      if (size > 0 && size <= 4000 && !slot.place.hasAttribute("data-" + side)) { slot.frame[side] = String(size); }
    });
  });

  function fillAll() { Array.prototype.forEach.call(document.querySelectorAll("[data-makegood]"), fill); }
  window.makegood = { fill: fillAll };
  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", fillAll); } else { fillAll(); }
})();
