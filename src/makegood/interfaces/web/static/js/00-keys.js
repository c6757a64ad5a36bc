/* Single keys: on unless the person turned them off, never while typing or with a dialog open. */
window.mg = {
  typing: (event) => event.target.closest("input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]") !== null,
  free: (event) => document.body.dataset.shortcuts === "on" && !event.ctrlKey && !event.metaKey && !event.altKey
    && !mg.typing(event) && !document.querySelector("dialog[open]"),
};
