/* Playing a spot along its waveform, upload progress, copying a tag. */
(() => {
  const clock = (seconds) => `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, "0")}`;
  const show = (audio) => {
    const player = audio.closest(".mg-player"), head = player.querySelector("[data-mg-head]"), length = audio.duration || 0;
    player.querySelector("[data-mg-time]").textContent = length ? `${clock(audio.currentTime)} / ${clock(length)}` : "0:00";
    const x = length ? (448 * audio.currentTime) / length : 0;
    head?.setAttribute("x1", x); head?.setAttribute("x2", x);
    player.querySelector("[data-mg-play] .ti").className = `ti ti-player-${audio.paused ? "play" : "pause"}`;
  };
  ["timeupdate", "play", "pause", "ended", "loadedmetadata"].forEach((name) => document.addEventListener(name, (event) => {
    if (event.target.matches?.(".mg-player audio")) show(event.target);
  }, true));
  document.addEventListener("click", async (event) => {
    const play = event.target.closest("[data-mg-play]"), copy = event.target.closest("[data-mg-copy]");
    if (play) { const audio = play.closest(".mg-player").querySelector("audio"); if (audio.paused) audio.play(); else audio.pause(); }
    const wave = event.target.closest(".mg-player .wave");
    if (wave) {
      const audio = wave.closest(".mg-player").querySelector("audio"), box = wave.getBoundingClientRect();
      if (audio.duration) audio.currentTime = (audio.duration * (event.clientX - box.left)) / box.width;
    }
    if (copy) {
      await navigator.clipboard.writeText(document.getElementById(copy.dataset.mgCopy).textContent);
      const word = copy.querySelector("span"), before = word.textContent;
      word.textContent = copy.dataset.mgCopied;
      setTimeout(() => { word.textContent = before; }, 2000);
    }
  });
  const pin = () => document.querySelector("#pin-form form");
  document.addEventListener("toggle", (event) => {
    if (event.target.id !== "pin-form") return;
    document.querySelectorAll("[data-mg-place]").forEach((stage) => stage.classList.toggle("placing", event.target.open));
    const media = document.querySelector(".mg-stage :is(audio, video)"), second = pin()?.elements.at_s;
    if (event.target.open && second && media) second.value = media.currentTime.toFixed(1);
  }, true);
  document.addEventListener("click", (event) => {
    const stage = event.target.closest("[data-mg-place].placing"), seek = event.target.closest("[data-mg-seek]");
    if (seek) { const media = document.querySelector(".mg-stage :is(audio, video)"); if (media) { media.currentTime = Number(seek.dataset.mgSeek); media.play(); } }
    if (!stage || !pin()) return;
    const box = stage.firstElementChild.getBoundingClientRect();
    pin().elements.x.value = ((event.clientX - box.left) / box.width).toFixed(4);
    pin().elements.y.value = ((event.clientY - box.top) / box.height).toFixed(4);
    pin().elements.text.focus();
  });
  document.addEventListener("htmx:xhr:progress", (event) => {
    const bar = event.target.querySelector?.("progress");
    if (bar && event.detail.lengthComputable) { bar.hidden = false; bar.value = event.detail.loaded / event.detail.total; }
  });
  document.addEventListener("htmx:afterRequest", (event) => { const bar = event.target.querySelector?.(".mg-upload progress, progress"); if (bar) bar.hidden = true; });
})();
