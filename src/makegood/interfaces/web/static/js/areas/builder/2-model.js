/* The sheet's rows, and every edit of them as a step that can be undone. Rows are never changed in place. Knows no page. */
mg.sheetModel = (facts) => {
  const LINKED = { rate: ["discount", "gross"], discount: ["rate", "gross"], gross: ["rate", "discount"], quantity: ["gross"], rate_type: ["gross", "rate"], added: ["rate", "discount", "gross"] };
  const typed = facts.columns.filter((column) => column.typed).map((column) => column.key);
  const past = [], future = [], hearers = [];
  let count = 0;
  const blank = (row) => !row.line && Object.values(row.cells).every((text) => !text.trim());
  const fresh = (cells = {}) => ({ key: `n${Date.now().toString(36)}${(count++).toString(36)}`, line: null, cells: { ...cells }, dismissed: {}, package: "" });
  const ended = (rows) => (rows.length && blank(rows.at(-1)) ? rows : [...rows, fresh()]);
  let rows = ended(facts.rows);
  const model = {
    typed, fresh, blank,
    opened: Object.fromEntries(facts.rows.map((row) => [row.line, row.cells])),
    answers: facts.answer.rows,
    get rows() { return rows; },
    get filled() { return rows.filter((row) => !blank(row)); },
    find: (key) => rows.find((row) => row.key === key),
    hear: (hearer) => hearers.push(hearer),
    /* Put rows in place of those there; `quiet` is no step of its own, as when texts are only put into their canonical form. */
    put(next, { quiet = false, said = "" } = {}) {
      const before = rows;
      rows = ended(next);
      if (!quiet) { past.push(before); future.length = 0; if (past.length > 300) past.shift(); }
      hearers.forEach((hear) => hear(before, rows, { quiet, said }));
    },
    undo: () => model.step(past, future, "Undone."),
    redo: () => model.step(future, past, "Done again."),
    step(from, to, said) {
      if (!from.length) return false;
      const before = rows;
      to.push(rows);
      rows = from.pop();
      hearers.forEach((hear) => hear(before, rows, { quiet: false, said }));
      return true;
    },
    /* `changes` are [key, column, text]; what follows from a price typed is emptied, unless it is typed in the same step. A product in a row without days brings the order's. */
    edit(changes, said = "") {
      const byRow = new Map();
      changes.filter(([, column]) => typed.includes(column)).forEach(([key, column, text]) => byRow.set(key, { ...byRow.get(key), [column]: text }));
      byRow.forEach((texts, key) => { const cells = model.find(key)?.cells; if (cells && texts.product?.trim() && !cells.start?.trim() && !cells.end?.trim()) byRow.set(key, { start: facts.start, end: facts.end, ...texts }); });
      const next = rows.map((row) => (byRow.has(row.key) ? model.changed(row, byRow.get(row.key)) : row));
      if (next.some((row, at) => row !== rows[at])) model.put(next, { said });
    },
    changed(row, texts) {
      const differing = Object.entries(texts).filter(([column, text]) => (row.cells[column] || "") !== text);
      if (!differing.length) return row;
      const cells = { ...row.cells, ...texts };
      differing.forEach(([column, text]) => {
        if (text.trim() || column === "added") (LINKED[column] || []).forEach((other) => { if (!(other in texts)) cells[other] = ""; });
        if (column === "product") model.follow(row, cells, texts);
      });
      return { ...row, cells };
    },
    /* Another product brings its own name, way to charge and card rate, where they were the last one's. */
    follow(row, cells, texts) {
      const said = model.answers[row.key]?.cells || {}, own = { name: said.product, rate: said.card, gross: null, rate_type: null };
      Object.entries(own).forEach(([column, usual]) => { if (!(column in texts) && (usual === null || cells[column] === usual)) cells[column] = ""; });
    },
    insert(at, more, said) { model.put([...rows.slice(0, at), ...more, ...rows.slice(at)], { said }); },
    remove(keys, said) { model.put(rows.filter((row) => !keys.includes(row.key)), { said }); },
    duplicate(keys, said) {
      const copies = rows.filter((row) => keys.includes(row.key) && !blank(row)).map((row) => fresh(row.cells));
      if (copies.length) model.insert(1 + rows.findIndex((row) => row.key === keys.at(-1)), copies, said);
      return copies;
    },
    move(keys, by, said) {
      const first = rows.findIndex((row) => row.key === keys[0]), last = first + keys.length - 1, end = rows.length - (blank(rows.at(-1)) ? 1 : 0);
      if (first < 0 || first + by < 0 || last + by >= end) return false;
      const block = rows.slice(first, last + 1), rest = [...rows.slice(0, first), ...rows.slice(last + 1)];
      model.put([...rest.slice(0, first + by), ...block, ...rest.slice(first + by)], { said });
      return true;
    },
    dismiss(key, problem, reason) {
      model.put(rows.map((row) => (row.key === key ? { ...row, dismissed: { ...row.dismissed, [problem.key]: { reason, message: problem.message } } } : row)), { said: "Dismissed, with your reason." });
    },
    reopen(key, problem) {
      model.put(rows.map((row) => (row.key === key ? { ...row, dismissed: Object.fromEntries(Object.entries(row.dismissed).filter(([name]) => name !== problem)) } : row)));
    },
    /* Texts as typed from the left upper cell on, or by their headings where those came along; rows that are missing are made. Cells we alone write are passed over. */
    paste(top, left, given, columns) {
      const heads = given[0].map((text) => facts.headings[text.trim().toLowerCase().replace(/\s+/g, " ")]), headed = given.length > 1 && heads.filter(Boolean).length > 2;
      const cells = headed ? given.slice(1) : given, at = headed ? heads : columns.slice(columns.indexOf(left)), start = rows.findIndex((row) => row.key === top);
      const more = Array.from({ length: Math.max(0, start + cells.length - rows.length) }, () => fresh());
      const all = [...rows, ...more];
      const next = all.map((row, n) => {
        const texts = cells[n - start];
        if (!texts) return row;
        return model.changed(row, Object.fromEntries(texts.map((text, n) => [at[n], text]).filter(([column]) => typed.includes(column))));
      });
      model.put(next, { said: `${cells.length} ${cells.length === 1 ? "row" : "rows"} pasted.` });
    },
  };
  return model;
};
