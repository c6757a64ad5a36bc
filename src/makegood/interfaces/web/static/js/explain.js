/* An explanation opens beside its figure, inside the window. The browser does focus, Esc and light dismiss. */
document.addEventListener("toggle", (event) => {
  const card = event.target;
  if (!(card instanceof HTMLElement) || !card.matches(".mg-explain[popover]") || event.newState !== "open") return;
  const figure = document.querySelector(`[popovertarget="${card.id}"]`).getBoundingClientRect(), size = card.getBoundingClientRect();
  const below = figure.bottom + 6 + size.height < innerHeight || figure.top < size.height;
  card.style.top = `${below ? figure.bottom + 6 : figure.top - size.height - 6}px`;
  card.style.left = `${Math.max(12, Math.min(figure.left, innerWidth - size.width - 12))}px`;
  card.classList.add("placed");
}, true);
