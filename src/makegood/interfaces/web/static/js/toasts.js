/* Toasts: those of a partial answer arrive as an event; all but errors leave after eight seconds unless touched. */
(() => {
  const box = () => document.getElementById("mg-toasts");
  const element = (tag, css, text) => Object.assign(document.createElement(tag), { className: css, textContent: text || "" });
  const leave = (toast) => setTimeout(() => { if (!toast.matches(":hover, :focus-within")) toast.remove(); else leave(toast); }, 8000);
  const button = (text) => Object.assign(element("button", "", text), { type: "button" });
  const show = ({ text, tone, undo }) => {
    const toast = element("div", `mg-toast ${tone}`);
    toast.append(element("i", `ti ti-${tone === "risk" ? "alert-triangle" : "check"}`), element("span", "grow", text));
    if (undo) {
      const back = button(box().dataset.undo);
      back.setAttribute("hx-post", undo);
      back.setAttribute("hx-swap", "none");
      back.dataset.mgClose = "";
      toast.append(back);
    }
    const close = button("×");
    close.setAttribute("aria-label", box().dataset.close);
    close.dataset.mgClose = "";
    toast.append(close);
    box().append(toast);
    htmx.process(toast);
    if (tone !== "risk") leave(toast);
  };
  document.addEventListener("mg:toasts", (event) => event.detail.value.forEach(show));
  document.addEventListener("click", (event) => {
    const close = event.target.closest("[data-mg-close]");
    if (!close) return;
    const toast = close.closest(".mg-toast");
    toast.hidden = true; /* it stays in the page until its undo is answered: the answer is placed from it */
    if (!close.hasAttribute("hx-post")) toast.remove();
  });
  document.addEventListener("htmx:afterRequest", (event) => { if (event.target.closest?.(".mg-toast[hidden]")) event.target.closest(".mg-toast").remove(); });
  const passing = () => document.querySelectorAll("[data-mg-passing]").forEach((toast) => { delete toast.dataset.mgPassing; leave(toast); });
  document.addEventListener("DOMContentLoaded", passing);
  document.addEventListener("htmx:afterSwap", passing);
  document.addEventListener("htmx:sendError", () => show({ text: "No connection. Nothing was changed.", tone: "risk", undo: "" }));
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status >= 500) show({ text: "The fault is ours. The step was not done; try again.", tone: "risk", undo: "" });
  });
})();
