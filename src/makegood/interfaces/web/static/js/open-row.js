/* The row whose details stand in the panel keeps its mark while the list stays. */
document.addEventListener("htmx:beforeRequest", (event) => {
  const row = event.detail.elt.closest?.("tr[data-row], tr[data-line]");
  if (!row || event.detail.target?.id !== "mg-panel") return;
  row.parentElement.querySelectorAll("tr.on").forEach((each) => { each.classList.remove("on"); each.removeAttribute("data-open"); });
  row.classList.add("on");
  row.setAttribute("data-open", "");
});
