/* A plain <video> or <audio> that plays what the VAST library reads: its tracker reports, the element only plays. */
import { VASTClient, VASTTracker } from "@dailymotion/vast-client";

function tracked(client, ad, creative, element) {
  const tracker = new VASTTracker(client, ad, creative);
  element.addEventListener("playing", () => tracker.trackImpression(), { once: true });
  element.addEventListener("loadedmetadata", () => tracker.setDuration(element.duration));
  element.addEventListener("timeupdate", () => tracker.setProgress(element.currentTime, { PLAYERSTATE: element.muted ? "muted" : "autoplayed" }));
  element.addEventListener("ended", () => tracker.complete());
  element.addEventListener("error", () => tracker.error({ ERRORCODE: 405 }));
  return tracker;
}

function playOne(client, ad, before) {
  const element = before.cloneNode();  // of its own, so that one ad's tracker does not hear the next
  element.muted = before.muted;
  before.replaceWith(element);
  return new Promise((done) => {
    const creative = ad.creatives.find((one) => one.type === "linear");
    window.tracker = tracked(client, ad, creative, element);
    for (const companions of ad.creatives.filter((one) => one.type === "companion")) {
      for (const one of companions.variations) {
        new VASTTracker(client, ad, companions, one).trackImpression();
        new VASTTracker(client, ad, companions, one).track("creativeView");
      }
    }
    for (const end of ["ended", "error"]) { element.addEventListener(end, () => done({ end, element }), { once: true }); }
    element.src = creative.mediaFiles.find((file) => element.canPlayType(file.mimeType)).fileURL;
    element.playbackRate = 2;
    element.play();
  });
}

/* Plays every ad of the answer one after the other; resolves to what was read and how each ended. */
window.playVast = async function (url) {
  let element = document.querySelector("audio, video");
  const client = new VASTClient();
  const read = await client.get(url, { withCredentials: false });
  const ends = [];
  for (const ad of read.ads) {
    const played = await playOne(client, ad, element);
    ends.push(played.end);
    element = played.element;
  }
  return {
    ads: read.ads.map((ad) => ({ sequence: ad.sequence, servingId: ad.adServingId, system: ad.system.value,
      kinds: ad.creatives.map((one) => one.type),
      files: ad.creatives.flatMap((one) => (one.mediaFiles || []).map((file) => file.mimeType)) })),
    ends,
  };
};
