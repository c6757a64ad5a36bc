/* SafeFrame 1.1 (IAB) for a bundle inside our frame: $sf.ext tells where the ad is and how much of it is in view. The sandbox holds
   it to its size, so expanding, cookies and meta data are refused as the standard says: "failed", with the reason. */
(function () {
  "use strict";
  var geometry = null, focused = true, share = 0, notify = null, WHOLE = 100, told = {};

  function say(status, data) { if (notify) { notify(status, data); } }
  function refuse(command, reason) { say("failed", { cmd: command, reason: reason, info: reason }); return false; }
  function rounded(part) { return Math.round(part * WHOLE) / WHOLE; }

  function take(said) {
    if (!said || typeof said !== "object" || !said.geom) { return; }
    var was = focused;
    geometry = said.geom; focused = Boolean(said.focus);
    say("geom-update", api.geom());
    if (was !== focused) { say("focus-change", focused); }
  }

  var api = {
    register: function (width, height, callback) {
      notify = typeof callback === "function" ? callback : null;
    },
    supports: function () { return { "exp-ovr": false, "exp-push": false, "read-cookie": false, "write-cookie": false }; },
    geom: function () {  // null where the page has only the plain frame, without our tag
      if (!geometry) { return null; }
      var copy = JSON.parse(JSON.stringify(geometry));
      copy.self.iv = rounded(share);
      return copy;
    },
    inViewPercentage: function () { return Math.round(share * WHOLE); },
    winHasFocus: function () { return focused; },
    status: function () { return "collapsed"; },
    expand: function (how) { return refuse(how && how.push ? "exp-push" : "exp-ovr", "this place keeps its size"); },
    collapse: function () { return false; },
    meta: function () { return ""; },
    cookie: function (name, value) { refuse(value === undefined ? "read-cookie" : "write-cookie", "no cookies are kept for creatives"); return ""; },
    hostURL: function () { return ""; }
  };

  try { told = JSON.parse(window.name).makegood; } catch (e) { told = {}; }
  take(told);
  window.addEventListener("message", function (event) {
    if (event.source !== window.parent || !event.data) { return; }
    if (event.data.makegood === "geometry") { take(event.data); }
    if (event.data.makegood === "share") { share = event.data.share; say("geom-update", api.geom()); }
  });
  window.parent.postMessage({ makegood: "geometry" }, "*");  // from now on we are told
  window.$sf = { ver: "1-1-0", specVersion: "1.1", ext: api };
})();
