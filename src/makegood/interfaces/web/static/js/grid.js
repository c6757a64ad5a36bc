/* The grid's keyboard and choosing of rows. What is chosen goes to the server as ids; nothing else lives here. */
(() => {
  const list = (from) => (from || document).querySelector ? (from?.closest?.(".mg-list") || document.querySelector(".mg-list")) : null;
  const rows = () => [...(list()?.querySelectorAll("tbody tr[data-row]") || [])];
  const cursor = () => rows().findIndex((row) => row.classList.contains("cursor"));
  const place = (at) => {
    const all = rows();
    if (!all.length) return;
    const row = all[Math.max(0, Math.min(all.length - 1, at))];
    all.forEach((each) => each.classList.toggle("cursor", each === row));
    row.scrollIntoView({ block: "nearest" });
    row.querySelector("a")?.focus({ preventScroll: true });
  };
  const count = (from) => {
    const box = list(from), bar = box?.querySelector(".mg-bulk");
    if (!bar) return;
    const chosen = box.querySelectorAll("tbody .pick input:checked").length, all = box.querySelectorAll("tbody .pick input").length;
    bar.hidden = !chosen;
    bar.querySelector("[data-mg-chosen]").textContent = chosen;
    const head = box.querySelector("thead .pick input");
    if (head) { head.checked = chosen === all && all > 0; head.indeterminate = chosen > 0 && chosen < all; }
    box.querySelectorAll("tbody tr[data-row]").forEach((row) => row.classList.toggle("on", row.querySelector(".pick input")?.checked || row.hasAttribute("data-open")));
    if (!chosen) box.querySelector(".mg-preview")?.replaceChildren();
  };
  const open = (row) => { const link = row.querySelector("a[data-mg-open]"); if (link) link.click(); else if (row.dataset.href) location.href = row.dataset.href; };
  document.addEventListener("change", (event) => {
    if (event.target.matches("thead .pick input")) {
      list(event.target).querySelectorAll("tbody .pick input").forEach((input) => { input.checked = event.target.checked; });
    }
    if (event.target.closest(".mg-list .pick")) count(event.target);
    if (event.target.closest("form[data-mg-submit-on-change]")) event.target.form.requestSubmit();
  });
  document.addEventListener("click", (event) => {
    const row = event.target.closest(".mg-list tbody tr[data-href]");
    if (row && !event.target.closest("a, button, input, label, summary, [popover]") && !getSelection().toString()) open(row);
    if (event.target.closest("[data-mg-unchoose]")) {
      list(event.target).querySelectorAll(".pick input").forEach((input) => { input.checked = false; });
      count(event.target);
    }
  });
  document.addEventListener("keydown", (event) => {
    if (!list() || !mg.free(event)) return;
    if (event.key === "/") { const box = list().querySelector(".mg-search input"); if (box) { event.preventDefault(); box.focus(); box.select(); } }
    else if (event.key === "j" || event.key === "ArrowDown") { event.preventDefault(); place(cursor() + 1); }
    else if (event.key === "k" || event.key === "ArrowUp") { event.preventDefault(); place(cursor() - 1); }
    else if (event.key === "x" && cursor() >= 0) { const input = rows()[cursor()].querySelector(".pick input"); if (input) { input.checked = !input.checked; count(input); } }
    else if (event.key === "Enter" && cursor() >= 0 && !event.target.closest("a, button, summary, input")) open(rows()[cursor()]);
  });
  document.addEventListener("htmx:afterSettle", (event) => count(event.target));
})();
