/* Runs before any script of the ad in each of its frames: says when something is heard that nobody asked for. */
(() => {
  const told = (what) => console.debug(MARK + what);
  const heard = (media) => setTimeout(() => {
    if (!media.paused && !media.muted && media.volume > 0 && media.webkitAudioDecodedByteCount > 0) {
      told("<" + media.tagName.toLowerCase() + "> " + media.currentSrc);
    }
  }, 400);
  document.addEventListener("playing", (event) => heard(event.target), true);
  document.addEventListener("volumechange", (event) => heard(event.target), true);
  const play = HTMLMediaElement.prototype.play;
  HTMLMediaElement.prototype.play = function () {
    this.addEventListener("playing", () => heard(this));
    return play.apply(this, arguments);
  };
  for (const name of ["AudioContext", "webkitAudioContext"]) {
    const Known = window[name];
    if (Known) {
      window[name] = class extends Known {
        constructor(...how) { super(...how); setTimeout(() => { if (this.state === "running") { told("Web Audio"); } }, 400); }
      };
    }
  }
  if (window.speechSynthesis) {
    const speak = SpeechSynthesis.prototype.speak;
    SpeechSynthesis.prototype.speak = function (words) { told("speech"); return speak.call(this, words); };
  }
})();
