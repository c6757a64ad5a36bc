/* How a cell of the sheet looks and is typed in. What stands in it comes from the model and the last check. */
mg.sheetCells = (facts, model) => {
  const figures = new Set(["number"]);
  const wide = new Intl.NumberFormat("en-US", { maximumFractionDigits: 4 });
  const money = new Intl.NumberFormat("en-US", { minimumFractionDigits: facts.places, maximumFractionDigits: 4 });
  const thisYear = String(new Date().getFullYear());
  const days = (text) => new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC", ...(text.startsWith(thisYear) ? {} : { year: "numeric" }) }).format(new Date(`${text}T00:00Z`));
  const MONEY = ["rate", "card", "floor", "gross"];
  const cells = {
    /* [text, computed]: what is typed, else what the check made of the row. */
    text(row, column) {
      const typed = row.cells[column] || "", said = model.answers[row.key]?.cells || {};
      if (column === "number") return [said.number || (model.answers[row.key] ? String(model.answers[row.key].n) : ""), true];
      return typed.trim() ? [typed, false] : [model.blank(row) ? "" : said[column] || "", true];
    },
    shown(column, text) {
      if (column.kind === "date" && /^\d{4}-\d\d-\d\d$/.test(text)) return days(text);
      if (figures.has(column.kind) && /^-?\d+(\.\d+)?$/.test(text) && column.key !== "number") return MONEY.includes(column.key) ? money.format(text) : wide.format(text);
      return text;
    },
    problems: (row, column) => (model.blank(row) ? [] : (model.answers[row.key]?.problems || []).filter((one) => one.column === column && !one.dismissed)),
    icon(name, css) { const made = document.createElement("i"); made.className = `ti ti-${name} ${css}`; made.setAttribute("aria-hidden", "true"); return made; },
    span(text, css = "") { const made = document.createElement("span"); made.className = css; made.textContent = text; return made; },
    format(column, cell) {
      const row = model.find(cell.getData().key), element = cell.getElement();
      if (!row) return "";
      const wrong = cells.problems(row, column.key), worst = wrong.find((one) => one.severity === "error") || wrong[0];
      element.classList.toggle("err", worst?.severity === "error");
      element.classList.toggle("warn", worst?.severity === "warning");
      element.title = wrong.map((one) => `${one.message} ${one.remedy}`.trim()).join("\n");
      const made = cells.own[column.key] ? cells.own[column.key](row) : cells.plain(column, row);
      if (worst) made.append(cells.span(`, ${worst.severity}: ${worst.message}`, "visually-hidden"));
      return made;
    },
    plain(column, row) {
      const [text, computed] = cells.text(row, column.key), made = cells.span(cells.shown(column, text), computed && column.typed ? "computed" : "");
      const given = column.key === "added" && !model.blank(row) && model.answers[row.key]?.given;
      if (given) { const worth = cells.span(` ${money.format(given)}`, "ok tn"); worth.title = "Worth by the card"; const both = cells.span(""); both.append(made, worth); return both; }
      return made;
    },
    own: {
      avails(row) {
        const { state, text, ways } = (!model.blank(row) && model.answers[row.key]?.avails) || {};
        const made = cells.span("", state || "mu");
        if (state) made.append(cells.icon(state === "ok" ? "circle-check" : "eye", state), " ");
        made.append(text || "");
        if (ways?.length) made.append(cells.span(`. ${ways.join(". ")}`, "mu"));
        return made;
      },
      approval(row) {
        const made = cells.span("", "watch");
        const needed = (!model.blank(row) && model.answers[row.key]?.approvals) || [];
        if (needed.length) made.append(cells.icon("shield-check", "watch"), ` ${needed.join(", ")}`);
        return made;
      },
      problems(row) {
        const open = model.blank(row) ? [] : (model.answers[row.key]?.problems || []).filter((one) => !one.dismissed);
        const worst = open.find((one) => one.severity === "error") || open[0], made = cells.span("");
        if (worst) made.append(cells.icon(worst.severity === "error" ? "alert-triangle" : "eye", worst.severity === "error" ? "risk" : "watch"), ` ${worst.message}${open.length > 1 ? ` +${open.length - 1}` : ""}`);
        return made;
      },
    },
    /* A plain text field with the browser's own list of what may be chosen. Enter keeps and goes down, Tab keeps and goes on, Esc leaves it as it was. */
    editor(column, seed, moves) {
      return (cell, onRendered, keep, leave) => {
        const row = model.find(cell.getData().key), [before, computed] = cells.text(row, column.key), first = seed.take();
        const input = document.createElement(column.key === "notes" ? "textarea" : "input"), lines = input.tagName === "TEXTAREA";
        input.className = "mg-build-input";
        input.setAttribute("aria-label", `${column.label}, row ${cell.getRow().getPosition()}`);
        if (column.key === "rate_type") input.setAttribute("list", "mg-build-rates");
        if (column.key === "added") input.setAttribute("list", "mg-build-added");
        input.value = first ?? before;
        let over = false;
        const offers = column.key === "product" ? cells.offers : null;
        const finish = (move) => { if (over) return; over = true; offers?.close(); if (computed && input.value === before) leave(); else keep(input.value); move?.(); };
        const taken = (text) => { if (text === null) { over = true; offers.close(); leave(); moves(); } else { input.value = text; finish(() => moves("right")); } };
        onRendered(() => { input.focus(); if (first === null) input.select(); offers?.open(input, row, taken); });
        input.addEventListener("blur", () => finish());
        input.addEventListener("keydown", (event) => {
          if (offers?.key(event)) { event.preventDefault(); event.stopPropagation(); }
          else if (lines && event.key === "Enter" && event.altKey) { input.setRangeText("\n", input.selectionStart, input.selectionEnd, "end"); event.stopPropagation(); }
          else if (event.key === "Enter" || event.key === "Tab") { event.preventDefault(); event.stopPropagation(); finish(() => moves(event.key === "Tab" ? (event.shiftKey ? "left" : "right") : event.shiftKey ? "up" : "down")); }
          else if (event.key === "Escape") { event.preventDefault(); event.stopPropagation(); over = true; offers?.close(); leave(); moves(); }
          else event.stopPropagation();
        });
        return input;
      };
    },
  };
  return cells;
};
