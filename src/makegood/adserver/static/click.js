/* First script of an HTML5 bundle's page: whatever the bundle calls its click tag, and whatever it sets it to, it opens the
   address it was handed in the query. Bundles declare `var clickTag = ""` for the ad server to fill; nobody but us can. */
(function () {
  "use strict";
  var url = new URLSearchParams(location.search).get("clickTag");
  if (!url) { return; }
  ["clickTag", "clickTAG", "clicktag", "ClickTag", "CLICKTAG", "clickTag1", "clickTAG1"].forEach(function (name) {
    Object.defineProperty(window, name, { get: function () { return url; }, set: function () {}, configurable: true });
  });
  // A `let` of the page's own hides the property above: it is set once all scripts have run.
  addEventListener("load", function () {
    var late = document.createElement("script");
    late.textContent = "try { clickTag = new URLSearchParams(location.search).get('clickTag'); } catch (fixed) {}";
    document.head.append(late);
  });
})();
