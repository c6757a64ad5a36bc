/* Palette and the list of shortcuts. */
(() => {
  const dialog = () => document.getElementById("mg-palette");
  const hits = () => [...document.querySelectorAll("#mg-hits .hit")];
  const choose = (hit) => {
    hits().forEach((each) => { each.classList.toggle("on", each === hit); each.setAttribute("aria-selected", each === hit); });
    if (!hit) return;
    hit.id ||= "mg-hit-" + Math.random().toString(36).slice(2);
    dialog().querySelector("input").setAttribute("aria-activedescendant", hit.id);
    hit.scrollIntoView({ block: "nearest" });
  };
  const open = () => {
    if (!dialog() || dialog().open) return;
    dialog().showModal();
    const input = dialog().querySelector("input");
    input.value = "";
    htmx.trigger(input, "mg:open");
  };
  const keys = () => { dialog()?.close(); document.getElementById("mg-keys")?.showModal(); };
  const go = (hit) => {
    if (!hit) return;
    if (hit.matches("[data-mg-submit]")) hit.closest("form").requestSubmit();
    else if (hit.getAttribute("href") === "#mg-keys") keys();
    else location.href = hit.href;
  };
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") { event.preventDefault(); open(); return; }
    if (event.key === "?" && mg.free(event)) { keys(); return; }
    if (!dialog()?.open) return;
    const all = hits(), at = all.findIndex((hit) => hit.classList.contains("on"));
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(all[(at + (event.key === "ArrowDown" ? 1 : -1) + all.length) % all.length]);
    } else if (event.key === "Enter") { event.preventDefault(); go(all[at] || all[0]); }
  });
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-mg-palette]")) open();
    else if (event.target.closest("[data-mg-keys]")) keys();
    else if (event.target.closest("#mg-hits .hit")) { event.preventDefault(); go(event.target.closest(".hit")); }
    else if (event.target.matches("dialog.mg-dialog")) event.target.close();
  });
  document.addEventListener("htmx:afterSwap", (event) => { if (event.target.id === "mg-hits") choose(hits()[0]); });
})();
