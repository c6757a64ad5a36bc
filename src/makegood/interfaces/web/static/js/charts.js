/* Charts with a definition are drawn over the server's picture when they come into view. No code is made from text. */
(() => {
  let loading;
  const script = (src) => new Promise((done, failed) => {
    document.head.append(Object.assign(document.createElement("script"), { src, onload: done, onerror: failed, async: false }));
  });
  const library = () => loading ||= document.body.dataset.vega.split(" ").reduce((before, src) => before.then(() => script(src)), Promise.resolve());
  const draw = async (view) => {
    const spec = JSON.parse(view.parentElement.querySelector("script.spec").textContent);
    await library();
    await vegaEmbed(view, spec, { ast: true, actions: false, renderer: "svg", defaultStyle: false, tooltip: { disableDefaultStyle: true } });
  };
  const seen = new IntersectionObserver((entries) => entries.forEach((entry) => {
    if (!entry.isIntersecting) return;
    seen.unobserve(entry.target);
    draw(entry.target).catch(() => {}); /* the server's picture stays */
  }));
  const watch = (root) => root.querySelectorAll("[data-mg-chart]").forEach((view) => seen.observe(view));
  document.addEventListener("DOMContentLoaded", () => watch(document));
  document.addEventListener("htmx:afterSwap", (event) => watch(event.target));
})();
