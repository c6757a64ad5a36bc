/* The number each form carries makes sending it twice one write. A page shown again, or a form that stays after it was
   taken, gets new numbers: what is sent then is meant anew. */
(() => {
  const renew = (root) => root.querySelectorAll("input[name=once]").forEach((field) => { field.value = crypto.randomUUID().replaceAll("-", ""); });
  addEventListener("pageshow", () => renew(document));
  document.addEventListener("htmx:afterRequest", (event) => event.detail.successful && renew(event.detail.elt.closest("form") ?? event.detail.elt));
})();
