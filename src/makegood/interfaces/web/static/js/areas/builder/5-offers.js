/* What may be put in a product cell, found as one types: products and packages with rate and avails, in a list under the cell. */
mg.sheetOffers = (facts, server, drop) => {
  const box = document.createElement("ul");
  Object.assign(box, { id: "mg-build-offers", className: "mg-build-offers", hidden: true });
  box.setAttribute("role", "listbox");
  box.setAttribute("aria-label", "Products and packages");
  document.body.append(box);
  let found = [], at = -1, turn = 0, timer = null, field = null, row = null, done = null;
  const part = (text, css) => { const made = document.createElement("span"); made.textContent = text; made.className = css; return made; };
  const point = (next) => {
    at = next;
    [...box.children].forEach((one, n) => one.setAttribute("aria-selected", String(n === at)));
    if (at >= 0) { field.setAttribute("aria-activedescendant", `mg-build-offer-${at}`); box.children[at].scrollIntoView({ block: "nearest" }); } else field.removeAttribute("aria-activedescendant");
  };
  const choose = (one) => {
    const key = row.key, days = { start: row.cells.start || "", end: row.cells.end || "" };
    if (one.code) { done(null); drop(key, one, days); } else done(one.label);
  };
  const draw = () => {
    box.replaceChildren(...found.map((one, n) => {
      const made = document.createElement("li");
      made.id = `mg-build-offer-${n}`;
      made.setAttribute("role", "option");
      made.append(part(one.label, "m5"), part(one.rate, "tn r"), part(one.code ? `Package: ${one.about}` : one.about, "s mu"), part(one.avails, `s tn r ${one.state}`));
      made.addEventListener("mousedown", (event) => { event.preventDefault(); choose(one); });
      return made;
    }));
    const under = field.getBoundingClientRect();
    box.hidden = !found.length;
    box.style.left = `${Math.min(under.left, innerWidth - 470)}px`;
    box.style.top = `${under.bottom + 2 + box.offsetHeight > innerHeight ? under.top - box.offsetHeight - 2 : under.bottom + 2}px`;
    field.setAttribute("aria-expanded", String(!box.hidden));
    point(-1);
  };
  const ask = async () => {
    const mine = ++turn, asked = new URLSearchParams({ q: field.value, start: row.cells.start || "", end: row.cells.end || "" });
    const answer = await fetch(`${facts.url}offers/?${asked}`).catch(() => null);
    if (!answer?.ok || mine !== turn || !field) return;
    found = (await answer.json()).offers;
    if (mine === turn && field) draw();
  };
  return {
    /* `taken(text)` ends the edit with a text; null leaves the cell as it was. */
    open(input, of, taken) {
      [field, row, done] = [input, of, taken];
      Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": box.id, "aria-expanded": "false" }).forEach(([name, value]) => field.setAttribute(name, value));
      field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
      ask();
    },
    close() { clearTimeout(timer); turn++; field = null; box.hidden = true; box.replaceChildren(); },
    /* Whether a key was for the list: arrows go through it, Enter and Tab take what is pointed at or typed out in full. */
    key(event) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && found.length && !box.hidden) { point((at + step + found.length + (at < 0 && step < 0 ? 1 : 0)) % found.length); return true; }
      if (event.key !== "Enter" && event.key !== "Tab") return false;
      const typed = field.value.trim().toLowerCase(), one = found[at] || found.find((each) => each.code && each.label.toLowerCase() === typed);
      if (!one) return false;
      choose(one);
      return true;
    },
  };
};
