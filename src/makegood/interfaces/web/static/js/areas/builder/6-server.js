/* The sheet and the server: checked whole a moment after each edit, saved as one, kept in the browser until it is saved. */
mg.sheetServer = (facts, model, grid, page) => {
  const token = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"], shelf = `mg-build-${facts.order}`;
  let asked = 0, timer = null, saving = false, unheard = null;
  const sent = () => model.filled.map(({ key, line, cells, dismissed, package: from }) => ({ key, line, cells, dismissed, package: from }));
  const post = (part, body, more) => fetch(facts.url + part, { method: "POST", headers: { "X-CSRFToken": token, "Content-Type": "application/json", ...more }, body: JSON.stringify(body) });
  const key = () => crypto.randomUUID?.() || `${Date.now()}-${Math.random()}`;
  const server = {
    post, sent,
    soon(wait = 200) { clearTimeout(timer); timer = setTimeout(server.check, wait); },
    async check() {
      const turn = ++asked, at = page.at(), rows = sent(), was = new Map(model.rows.map((row) => [row.key, row]));
      page.busy("Checking…");
      let answer;
      try { answer = await post("check/", { rows, row: at }); } catch { page.busy("The server cannot be reached; what you type is kept here."); return; }
      if (turn !== asked) return;
      const found = await answer.json();
      if (!answer.ok) { page.busy(`${found.message} ${found.remedy}`); return; }
      const before = model.answers;
      model.answers = found.rows;
      server.settle(was);
      grid.redraw(model.rows.map((row) => row.key).filter((one) => JSON.stringify(before[one]) !== JSON.stringify(found.rows[one])));
      page.totals(found.totals);
      page.answered(at === page.at() ? found.panel : "");
    },
    /* Texts the check understood are put as they are kept; a row somebody typed in meanwhile is left alone. */
    settle(was) {
      let moved = false;
      const next = model.rows.map((row) => {
        const said = model.answers[row.key]?.cells;
        if (!said || was.get(row.key) !== row) return row;
        const differing = model.typed.filter((column) => row.cells[column]?.trim() && said[column] !== undefined && said[column] !== row.cells[column]);
        if (!differing.length) return row;
        moved = true;
        return { ...row, cells: { ...row.cells, ...Object.fromEntries(differing.map((column) => [column, said[column]])) } };
      });
      if (moved) model.put(next, { quiet: true });
    },
    async save() {
      if (saving) return;
      saving = true;
      await server.check();
      page.busy("Saving…");
      const body = { rows: sent(), opened: model.opened }, text = JSON.stringify(body);
      if (unheard?.text !== text) unheard = { text, key: key() }; // the same sheet again after an answer nobody heard is the same save
      try {
        const answer = await post("save/", body, { "Idempotency-Key": unheard.key }), found = await answer.json();
        unheard = null;
        if (answer.ok) await server.saved(found);
        else if (found.conflicts?.length) page.conflicts(found.conflicts, found);
        else page.refused(found);
      } catch { page.refused({ message: "The server could not be reached.", remedy: "Nothing is lost: it is kept here. Save again." }); }
      saving = false;
    },
    async saved(done) {
      sessionStorage.removeItem(shelf);
      const mine = new Map(Object.entries(done.lines).map(([own, line]) => [line, own]));
      const rows = (await (await fetch(`${facts.url}rows/`)).json()).rows.map((row) => ({ ...row, key: mine.get(row.line) || row.key }));
      model.opened = Object.fromEntries(rows.map((row) => [row.line, row.cells]));
      model.put(rows, { quiet: true });
      page.saved(done);
      await server.check();
    },
    async form(part, body) {
      const answer = await fetch(facts.url + part, { method: "POST", headers: { "X-CSRFToken": token }, body }).catch(() => null), found = await answer?.json();
      if (answer?.ok) return found;
      page.refused(found?.message ? found : { message: "The server could not be reached.", remedy: "Send it again." });
      return null;
    },
    /* The rows of a package over some days at its price, or at another. */
    async package(code, { start, end, price = "" }) {
      const body = new FormData();
      Object.entries({ code, start: start || facts.start, end: end || facts.end, price }).forEach(([name, text]) => body.append(name, text));
      return (await server.form("package/", body))?.rows;
    },
    /* A package's lines in the place of the row it was typed in, or after it where that is a line already: one step. */
    async drop(key, offer, days) {
      const found = await server.package(offer.code, days);
      if (!found) return;
      const rows = model.rows, at = rows.findIndex((row) => row.key === key), typed = rows[at], blank = !typed.line && !typed.cells.quantity?.trim() && !typed.cells.product?.trim();
      const made = found.map((row) => ({ ...model.fresh(row.cells), package: row.package }));
      model.put([...rows.slice(0, blank ? at : at + 1), ...made, ...rows.slice(at + 1)], { said: `${offer.label}: ${made.length} lines, its price divided by what they are worth by the card. Ctrl+Z takes them back.` });
      grid.choose(made[0].key, "quantity");
    },
    /* Another price of a package divided over its rows as they stand. */
    async divide(form) {
      const { package: code, start, end } = form.dataset, found = await server.package(code, { start, end, price: form.elements.price.value });
      const rows = model.rows.filter((row) => row.package === code && row.cells.start === start);
      if (!found) return;
      if (found.length !== rows.length) { page.refused({ message: "its lines are not those of the package any more.", remedy: "Type the amounts in the Gross column." }); return; }
      model.edit(found.map((row, n) => [rows[n].key, "gross", row.cells.gross]), "Divided again.");
    },
    /* A file's rows in place of the sheet's: one step, undone as one. Lines keep their keys where the file names them. */
    async upload(file) {
      const body = new FormData();
      body.append("sheet", file);
      const found = await server.form("upload/", body);
      if (!found) return;
      const mine = new Map(model.rows.filter((row) => row.line).map((row) => [row.line, row])), ours = found.rows.some((row) => row.line);
      const rows = found.rows.map((row) => ({ ...model.fresh(row.cells), ...(mine.has(row.line) ? { key: mine.get(row.line).key, line: row.line, dismissed: mine.get(row.line).dismissed, package: mine.get(row.line).package } : {}) }));
      model.put(ours ? rows : [...model.filled, ...rows], { said: `${rows.length} rows from ${found.name}. Ctrl+Z takes them back.` });
    },
    keep() { sessionStorage.setItem(shelf, JSON.stringify({ rows: model.rows, opened: model.opened })); },
    forget() { sessionStorage.removeItem(shelf); },
    kept() { try { return JSON.parse(sessionStorage.getItem(shelf)); } catch { return null; } },
    unsaved: () => JSON.stringify(sent().map((row) => [row.line, row.cells, row.dismissed])) !== server.clean,
    cleaned() { server.clean = JSON.stringify(sent().map((row) => [row.line, row.cells, row.dismissed])); },
  };
  return server;
};
