/* Runs inside the ad's frame. Reports the impression once the creative has drawn (or plays), and viewability: half of the
   ad in view for one second (30 % of a large one, MRC), of a video for two seconds while it plays. Hidden is not in view.
   Audible is two seconds of play with the sound on. */
(function () {
  "use strict";
  var told = document.body.dataset, ad = document.getElementById("ad"), begun = false;
  var plays = Boolean(ad) && (ad.tagName === "VIDEO" || ad.tagName === "AUDIO");
  var LARGE_PX = 242500, SHARE = plays || ad && ad.clientWidth * ad.clientHeight < LARGE_PX ? 0.5 : 0.3;
  var FOR_MS = plays ? 2000 : 1000, AUDIBLE_MS = 2000, HEARD = 0.1, CANNOT_PLAY = 405;

  function tell(message) { window.parent.postMessage(message, "*"); }
  function send(url) { if (url) { new Image().src = url; } }
  if (told.empty || !ad) { tell({ makegood: "empty" }); return; }
  tell({ makegood: "filled", width: told.width, height: told.height });

  function watch() {
    if (!told.viewable || !window.IntersectionObserver) { return; }
    // Where the browser can tell (version 2 of the observer), covered, transparent and invisible ads are not in view.
    var tells = "isVisible" in IntersectionObserverEntry.prototype, inView = false, timer = null, done = false;
    var how = { threshold: [0, SHARE, 1] };
    if (tells) { how.trackVisibility = true; how.delay = 100; }
    function judge() {
      var counts = inView && document.visibilityState === "visible" && (!plays || !ad.paused);
      if (counts && timer === null && !done) {
        timer = setTimeout(function () { done = true; observer.disconnect(); send(told.viewable); }, FOR_MS);
      } else if (!counts) { clearTimeout(timer); timer = null; }
    }
    var observer = new IntersectionObserver(function (entries) {
      var last = entries[entries.length - 1];
      inView = last.isIntersecting && last.intersectionRatio >= SHARE && (!tells || last.isVisible);
      judge();
    }, how);
    observer.observe(document.body);  // all of the frame is the ad; a button of ours over a film does not hide it
    document.addEventListener("visibilitychange", judge);
    ["playing", "pause", "ended"].forEach(function (name) { ad.addEventListener(name, judge); });
  }

  function begin() {
    if (begun) { return; }
    begun = true;
    var size = window.innerWidth * window.innerHeight;
    send(told.impression + (size > 0 ? "" : "&z=1"));
    (told.others || "").split(" ").forEach(send);
    watch();
  }

  /* Audible: two seconds on end in which it plays with its sound on, at a tenth of full volume or more. */
  function listen() {
    var timer = null, done = false, stalled = false;
    function judge() {
      var heard = !stalled && !ad.paused && !ad.ended && !ad.muted && ad.volume >= HEARD;
      if (heard && timer === null && !done) {
        timer = setTimeout(function () {
          if (ad.webkitAudioDecodedByteCount === 0 || ad.mozHasAudio === false) { return; }  // a film that has no sound
          done = true; send(told.audible);
        }, AUDIBLE_MS);
      } else if (!heard) { clearTimeout(timer); timer = null; }
    }
    ["playing", "pause", "ended", "volumechange", "waiting"].forEach(function (name) {
      ad.addEventListener(name, function () {
        if (name === "playing" || name === "waiting") { stalled = name === "waiting"; }
        judge();
      });
    });
    judge();
  }

  function follow() {
    var steps = [["start", 0], ["firstQuartile", 0.25], ["midpoint", 0.5], ["thirdQuartile", 0.75], ["complete", 1]];
    function reach(share) {
      while (steps.length && share >= steps[0][1]) { send(told[steps.shift()[0].toLowerCase()]); }
    }
    ad.addEventListener("playing", function () { begin(); reach(0); });
    ad.addEventListener("timeupdate", function () {
      if (begun && ad.duration > 0) { reach(Math.min(ad.currentTime / ad.duration, 0.99)); }
    });
    ad.addEventListener("ended", function () { reach(1); });
    ad.addEventListener("error", function () { send(told.error && told.error.replace("[ERRORCODE]", CANNOT_PLAY)); });
    if (!ad.paused && ad.readyState > 2) { begin(); reach(0); }
  }

  /* What a bundle asks through SafeFrame's API: the tag on the page tells where the ad is, we how much of it is in view. */
  function inform() {
    var asked = false, share = 0, steps = [], STEPS = 20;
    function pass(said) { ad.contentWindow.postMessage(said, "*"); }
    function passShare() { if (asked) { pass({ makegood: "share", share: share }); } }
    for (var step = 0; step <= STEPS; step += 1) { steps.push(step / STEPS); }
    if (window.IntersectionObserver) {
      new IntersectionObserver(function (entries) {
        share = entries[entries.length - 1].intersectionRatio; passShare();
      }, { threshold: steps }).observe(document.body);
    }
    window.addEventListener("message", function (event) {
      if (!event.data || event.data.makegood !== "geometry") { return; }
      if (event.source === ad.contentWindow) { asked = true; passShare(); tell({ makegood: "geometry" }); }
      else if (event.source === window.parent) { pass(event.data); }
    });
    var named = ad.cloneNode();  // a frame keeps the name it was put into the page with
    named.name = window.name;  // what the tag said when it made this frame: the first answer
    ad.parentNode.replaceChild(named, ad);
    ad = named;
  }

  if (plays) { listen(); follow(); return; }
  if (ad.tagName === "IMG") { ad.decode().then(begin, function () {}); return; }  // a picture that cannot be drawn is none
  inform();
  ad.addEventListener("load", begin);
  ad.src = ad.dataset.src;  // only now, so that its load cannot come before anybody listens
})();
