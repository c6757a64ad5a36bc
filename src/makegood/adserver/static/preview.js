/* Plays a VAST tag for a reviewer: its film or spot, what would be reported when, its companions. Nothing is reported, no click leads on. */
(function () {
  "use strict";
  var told = document.getElementById("told"), stage = document.getElementById("stage");

  function said(element) { return (element && element.textContent || "").trim(); }
  function all(within, name) { return Array.prototype.slice.call(within.getElementsByTagNameNS("*", name)); }
  function line(words) { var item = document.createElement("li"); item.textContent = words; told.append(item); return item; }

  function playable(ad) {
    var player = document.createElement("video");
    return all(ad, "MediaFile").filter(function (file) {
      return file.getAttribute("delivery") !== "streaming" && player.canPlayType(file.getAttribute("type") || "");
    }).sort(function (one, other) { return (other.getAttribute("width") || 0) - (one.getAttribute("width") || 0); })[0];
  }

  function follow(player, ad) {
    var shares = { start: 0, firstQuartile: 0.25, midpoint: 0.5, thirdQuartile: 0.75, complete: 0.99 }, items = {};
    all(ad, "Tracking").forEach(function (one) {
      var event = one.getAttribute("event");
      if (!items[event]) { items[event] = line(event); }
    });
    player.addEventListener("timeupdate", function () {
      Object.keys(shares).forEach(function (event) {
        if (items[event] && player.duration && player.currentTime / player.duration >= shares[event]) { items[event].className = "reached"; }
      });
    });
  }

  function show(ad) {
    var file = playable(ad), wrapped = all(ad, "VASTAdTagURI")[0];
    if (wrapped) { line("Wraps " + said(wrapped)); return; }
    if (!file) { line("No media file this browser plays"); return; }
    var player = document.createElement((file.getAttribute("type") || "").indexOf("audio/") === 0 ? "audio" : "video");
    player.controls = true;
    player.muted = player.tagName === "VIDEO";
    player.addEventListener("error", function () { line("The media file cannot be played: " + said(file)); });
    player.src = said(file);
    stage.append(player);
    follow(player, ad);
    all(ad, "Companion").forEach(function (one) {
      var picture = all(one, "StaticResource")[0];
      if (picture) { var image = document.createElement("img"); image.src = said(picture); image.alt = "Companion"; stage.append(image); }
    });
  }

  fetch(document.body.dataset.tag).then(function (answer) { return answer.text(); }).then(function (text) {
    var ads = all(new DOMParser().parseFromString(text, "text/xml"), "Ad");
    if (ads.length) { ads.forEach(show); } else { line("The tag holds no ad"); }
  });
})();
