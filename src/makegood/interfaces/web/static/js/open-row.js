/* The row whose details stand in the panel keeps its mark while the list stays. */
document.addEventListener("htmx:beforeRequest", (event) => {
  const row = event.detail.elt.closest?.("tr[data-row], tr[data-line]");
  if (!row || event.detail.target?.id !== "mg-panel") return;
  row.parentElement.querySelectorAll("tr.on").forEach((each) => { each.classList.remove("on"); each.removeAttribute("data-open"); });
  row.classList.add("on");
  row.setAttribute("data-open", "");
});
/* A pasted link names its row: its details are fetched, unless the page came with them. */
addEventListener("load", () => {
  const panel = document.getElementById("mg-panel"), lead = document.querySelector("tr[data-open] a[data-mg-open][hx-get]");
  if (lead && panel && !panel.querySelector("section")) lead.click();
});
