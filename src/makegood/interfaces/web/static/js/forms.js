/* Files dropped on a field, the name of the chosen file, and a first error that gets the focus. */
(() => {
  ["dragover", "dragleave", "drop"].forEach((name) => document.addEventListener(name, (event) => {
    const drop = event.target.closest?.(".mg-drop");
    if (drop) drop.classList.toggle("over", name === "dragover");
  }));
  document.addEventListener("change", (event) => {
    const label = event.target.closest(".mg-drop")?.querySelector("[data-mg-name]");
    if (label) label.textContent = [...event.target.files].map((file) => file.name).join(", ");
    if (event.target.closest(".mg-drop[data-mg-send]")) event.target.form.requestSubmit();
  });
  document.addEventListener("DOMContentLoaded", () => document.querySelector("form[method=post] .mg-field.bad :is(input, select, textarea)")?.focus());
})();
