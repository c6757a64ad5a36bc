/* Menus close when one clicks elsewhere or presses Esc; only one is open. */
(() => {
  const open = () => document.querySelectorAll("details.mg-menu[open]");
  document.addEventListener("click", (event) => {
    open().forEach((menu) => { if (!menu.contains(event.target)) menu.open = false; });
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    open().forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
    const sheet = document.querySelector(".mg-panel.sheet [data-mg-dismiss]");
    if (sheet && !document.querySelector("dialog[open], [popover]:popover-open")) sheet.click();
  });
  document.addEventListener("DOMContentLoaded", () => {
    const here = document.querySelector(".mg-rail [aria-current]");
    if (here && innerWidth < 768) here.scrollIntoView({ inline: "center", block: "nearest" });
  });
})();
