/* What stands around the sheet: totals, what is going on, both values where two people changed a cell. */
mg.sheetPage = (root, facts) => {
  const part = (name) => root.querySelector(`[data-build=${name}]`);
  const make = (tag, text = "", css = "") => { const made = document.createElement(tag); made.textContent = text; made.className = css; return made; };
  const count = (n, one, many) => `${n} ${n === 1 ? one : many}`;
  const page = {
    answered: () => {}, choose: () => {},
    busy(text) { part("busy").textContent = text; },
    totals(now) {
      part("gross").textContent = now.gross;
      part("net").textContent = now.net;
      part("rows").textContent = count(now.rows, "line", "lines");
      const errors = part("errors"), warnings = part("warnings");
      errors.textContent = now.errors ? `${count(now.errors, "error", "errors")} to put right` : "";
      warnings.textContent = now.warnings ? count(now.warnings, "warning", "warnings") : "";
      part("clean").hidden = Boolean(now.errors || now.warnings || !now.rows);
      part("added").textContent = /[1-9]/.test(now.added) ? `${now.added} of added value` : "";
      part("needs").replaceChildren(...now.needs.map((text) => make("li", text)));
      part("needed").hidden = !now.needs.length;
      page.busy("Checked just now.");
    },
    told(unsaved) { if (part("unsaved")) part("unsaved").textContent = unsaved ? "Not saved yet." : "Saved."; },
    saved(done) {
      part("refused").hidden = true;
      page.busy("Saved.");
      const did = [[done.added, "added"], [done.changed, "changed"], [done.removed, "removed"]].filter(([n]) => n).map(([n, word]) => `${n} ${word}`);
      part("said").textContent = did.length ? `Saved: ${did.join(", ")}. Gross ${done.gross}.` : "Saved: nothing had changed.";
    },
    refused(found) {
      const box = part("refused");
      box.replaceChildren(make("p", `Not saved: ${found.message} ${found.remedy}`.trim()));
      box.hidden = false;
      page.busy("Not saved.");
    },
    /* Both values of each cell, and a button for either; the save goes on once each is chosen. */
    conflicts(found, refusal) {
      const box = part("refused"), list = make("ul", "", "mg-build-both");
      box.replaceChildren(make("p", `Not saved: ${refusal.message} ${refusal.remedy}`, "m5"), list);
      found.forEach((one) => {
        const item = make("li"), both = make("span", "", "row-x wrap");
        item.append(make("span", `${one.name}, ${one.label}: `, "m5"), both);
        [["mine", "Mine"], ["theirs", "Theirs"]].forEach(([side, word]) => {
          const button = make("button", `${word}: ${one[side] || "empty"}`, "btn btn-s");
          button.type = "button";
          button.addEventListener("click", () => { item.remove(); page.choose(one, side); if (!list.children.length) box.hidden = true; });
          both.append(button);
        });
        list.append(item);
      });
      box.hidden = false;
      box.querySelector("button").focus();
      page.busy("Not saved.");
    },
    part, make,
  };
  return page;
};
