/* Document beside rows: a box selects its row and a row its box. Rows carry data-mg-row, cells data-mg-cell. */
(() => {
  const quote = (key) => CSS.escape(key);
  const select = (key) => {
    document.querySelectorAll("[data-mg-viewer] .on, [data-mg-row].on").forEach((each) => each.classList.remove("on"));
    document.querySelectorAll(`[data-mg-key="${quote(key)}"]`).forEach((box) => {
      box.classList.add("on");
      box.scrollIntoView({ block: "nearest", inline: "nearest" });
    });
    const cell = document.querySelector(`[data-mg-cell="${quote(key)}"]`);
    const row = cell?.closest("tr, [data-mg-row]") || document.querySelector(`[data-mg-row="${quote(key)}"]`);
    row?.classList.add("on");
    row?.scrollIntoView({ block: "nearest" });
    return cell || row;
  };
  document.addEventListener("click", (event) => {
    const box = event.target.closest("[data-mg-viewer] [data-mg-key]");
    if (box) { select(box.dataset.mgKey); return; }
    const cell = event.target.closest("[data-mg-cell]") || event.target.closest("[data-mg-row]");
    if (cell && document.querySelector("[data-mg-viewer]")) select(cell.dataset.mgCell || cell.dataset.mgRow);
  });
  document.addEventListener("focusin", (event) => {
    const cell = event.target.closest("[data-mg-cell]");
    if (cell && document.querySelector("[data-mg-viewer]")) select(cell.dataset.mgCell);
  });
  document.addEventListener("keydown", (event) => {
    const box = event.target.closest("[data-mg-viewer] [data-mg-key]");
    if (!box || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    const found = select(box.dataset.mgKey);
    (found?.querySelector("input, button, a") || found)?.focus();
  });
})();
