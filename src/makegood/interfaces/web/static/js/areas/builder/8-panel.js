/* The panel of the row that is chosen: drawn by the server from the sheet as typed; its forms write into the row's cells. */
mg.sheetPanel = (box, facts, model, server) => {
  let shown = "", timer = null, turn = 0;
  const panel = {
    at: null,
    look(key) { if (key !== panel.at) { panel.at = key; panel.soon(); } },
    soon() { clearTimeout(timer); timer = setTimeout(panel.draw, 250); },
    /* What came along with a check, when it is of the row that is chosen still. */
    answered(html) { clearTimeout(timer); turn++; if (html && panel.filled()) panel.put(html); else panel.draw(); },
    filled() { const row = model.find(panel.at); return row && !model.blank(row); },
    async draw() {
      if (!panel.filled()) { shown = ""; box.replaceChildren(document.getElementById("mg-build-teach").content.cloneNode(true)); return; }
      const mine = ++turn, answer = await server.post("panel/", { rows: server.sent(), row: panel.at }).catch(() => null);
      if (!answer?.ok || mine !== turn) return;
      panel.put(await answer.text());
    },
    put(html) {
      if (html === shown || (box.contains(document.activeElement) && document.activeElement.matches("input[type=text], textarea"))) return;
      const open = [...box.querySelectorAll("details[open]")].map((one) => one.dataset.part), focus = document.activeElement?.closest("#mg-build-panel") && document.activeElement.name;
      shown = html;
      box.innerHTML = html;
      box.querySelectorAll("details").forEach((one) => { if (open.includes(one.dataset.part)) one.open = true; });
      if (focus) box.querySelector(`[name="${CSS.escape(focus)}"]`)?.focus();
    },
    write: (column, text, said) => model.edit([[panel.at, column, text]], said),
    /* 'geo: US-CA; not device: mobile' of the selects and fields of the form. */
    targeting(form) {
      const quoted = (text) => (/^[^\s,;:"]([^,;:"]*[^\s,;:"])?$/.test(text) ? text : JSON.stringify(text));
      const sides = {};
      form.querySelectorAll("select[data-dimension]").forEach((one) => { if (one.value) (sides[`${one.value.replace("+", "")}${one.dataset.dimension}`] ||= []).push(quoted(one.dataset.value)); });
      form.querySelectorAll("input[data-dimension]").forEach((one) => { if (one.value.trim()) (sides[`${one.dataset.side}${one.dataset.dimension}`] ||= []).push(one.value.trim()); });
      return Object.entries(sides).map(([name, values]) => `${name}: ${values.join(", ")}`).join("; ");
    },
    flighting(form) {
      const value = (name) => form.elements[name]?.value || "", every = value("every");
      const lean = value("curve") === "shares" ? value("shares").trim().replace(/[\s,;]+/g, "/") : value("curve");
      const weeks = [...form.querySelectorAll("input[name=hiatus]:checked")].map((one) => one.value);
      if (!every && !weeks.length) return "";
      return `${every ? `${lean || "even"} by ${every}` : "one flight"}${weeks.length ? ` without ${weeks.join(", ")}` : ""}`;
    },
    goals(form) {
      return [...form.querySelectorAll("[data-flight]")].map((row) => ["start", "end", "goal"].map((name) => row.querySelector(`[data-part=${name}]`).value.trim())).map(([start, end, goal]) => `${start}..${end}=${goal.replaceAll(",", "")}`).join("; ");
    },
  };
  const said = { targeting: "Targeting changed.", flighting: "Flighting changed.", goals: "Flights changed." };
  box.addEventListener("change", (event) => {
    const form = event.target.closest("form[data-writes]");
    if (form && form.dataset.writes === "flighting" && event.target.name === "curve") form.querySelector("[data-shares]").hidden = event.target.value !== "shares";
    if (form && form.dataset.writes !== "goals" && !(event.target.name === "curve" && event.target.value === "shares")) panel.write(form.dataset.writes, panel[form.dataset.writes](form), said[form.dataset.writes]);
  });
  box.addEventListener("submit", (event) => {
    event.preventDefault();
    const form = event.target, reason = form.elements.reason?.value.trim();
    if (form.dataset.dismiss && reason) model.dismiss(panel.at, { key: form.dataset.dismiss, message: form.dataset.message }, reason);
    else if (form.dataset.package) server.divide(form);
    else if (form.dataset.writes) panel.write(form.dataset.writes === "goals" ? "flighting" : form.dataset.writes, panel[form.dataset.writes](form), said[form.dataset.writes]);
    document.activeElement.blur();
    panel.soon();
  });
  box.addEventListener("click", (event) => {
    const button = event.target.closest("[data-set], [data-reopen]");
    if (button?.dataset.set) panel.write(button.dataset.set, button.dataset.text, "Taken.");
    else if (button) model.reopen(panel.at, button.dataset.reopen);
  });
  return panel;
};
