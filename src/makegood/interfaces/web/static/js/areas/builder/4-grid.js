/* The table on the page: Tabulator draws and chooses ranges, the model says what is in it. One focus, on the grid itself. */
mg.sheetGrid = (host, facts, model, onRow) => {
  let waiting = null, taken = null;
  const seed = { take: () => { const letter = taken; taken = null; return letter; } };
  const cells = mg.sheetCells(facts, model);
  const data = (row) => ({ key: row.key, ...Object.fromEntries(model.typed.map((column) => [column, row.cells[column] || ""])) });
  const move = (way) => { host.focus({ preventScroll: true }); if (way) table.modules.selectRange.navigate(false, false, way); };
  const column = (one) => ({
    field: one.key, title: one.label, width: one.width, headerSort: false, resizable: true, hozAlign: one.kind === "number" && one.key !== "number" ? "right" : "left",
    headerHozAlign: one.kind === "number" && one.key !== "number" ? "right" : "left", cssClass: `c-${one.key}${one.typed ? "" : " ours"}`, formatter: (cell) => cells.format(one, cell),
    editor: one.typed && facts.editable ? cells.editor(one, seed, move) : undefined, editable: () => facts.editable,
  });
  const [number, ...rest] = facts.columns;
  const table = new Tabulator(host, {
    data: model.rows.map(data), index: "key", height: "100%", layout: "fitData", rowHeader: { ...column(number), frozen: true, resizable: false }, columns: rest.map(column),
    selectableRange: 1, selectableRangeRows: true, selectableRangeColumns: true, editTriggerEvent: "dblclick", placeholder: "", columnHeaderVertAlign: "middle",
    rowHeight: 36, keybindings: { undo: false, redo: false, copyToClipboard: false }, resizableRows: false,
  });
  const byKey = () => new Map(table.getRows().map((row) => [row.getData().key, row]));
  const editing = () => Boolean(host.querySelector(".tabulator-editing"));
  const grid = {
    table, editing, cells,
    range() {
      const range = table.getRanges()[0];
      if (!range) return null;
      const keys = range.getRows().map((row) => row.getData().key), columns = range.getColumns().map((one) => one.getField());
      return keys.length ? { keys, columns } : null;
    },
    get at() { return grid.range()?.keys[0]; },
    choose(key, columnKey, lastKey = key, lastColumn = columnKey) {
      const first = table.getRow(key), last = table.getRow(lastKey);
      if (first && last) table.getRanges()[0]?.setBounds(first.getCell(columnKey), last.getCell(lastColumn));
      grid.point();
    },
    edit(letter = null) {
      const range = grid.range(), cell = range && table.getRow(range.keys[0])?.getCell(range.columns[0]);
      if (!cell || !facts.editable || !model.typed.includes(range.columns[0])) return false;
      taken = letter;
      cell.edit(true);
      return true;
    },
    show(before, after) {
      const same = before.length === after.length && before.every((row, at) => row.key === after[at].key);
      if (!same) return grid.replace(after);
      const changed = after.filter((row, at) => row !== before[at]);
      const drawn = byKey();
      changed.forEach((row) => Object.assign(drawn.get(row.key)?.getData() || {}, data(row)));
      grid.redraw(changed.map((row) => row.key));
    },
    replace(rows) {
      const range = grid.range(), at = range && table.getRowPosition(range.keys[0]), left = host.querySelector(".tabulator-tableholder").scrollLeft;
      return table.replaceData(rows.map(data)).then(() => {
        host.querySelector(".tabulator-tableholder").scrollLeft = left;
        if (range) { const row = model.find(range.keys[0]) || rows[Math.min((at || 1) - 1, rows.length - 1)]; grid.choose(row.key, range.columns[0]); }
      });
    },
    /* Draw again the rows whose answer differs: those in sight at once, the others when they come into it. Not while somebody types in a cell. */
    redraw(keys) {
      waiting = [...(waiting || []), ...keys];
      if (editing()) return;
      const rows = byKey(), seen = new Set(table.getRows("visible"));
      new Set(waiting).forEach((key) => { const row = rows.get(key); if (seen.has(row)) row.reformat(); else if (row) row._getSelf().initialized = false; });
      waiting = null;
      table.modules.selectRange.layoutElement(true);
      grid.point();
    },
    /* Tell assistive technology which cell is meant: the grid keeps the focus and points at it. */
    point() {
      const range = grid.range(), cell = range && table.getRow(range.keys[0])?.getCell(range.columns[0])?.getElement();
      host.querySelector("#mg-build-cell")?.removeAttribute("id");
      if (cell) { cell.id = "mg-build-cell"; host.setAttribute("aria-activedescendant", "mg-build-cell"); } else host.removeAttribute("aria-activedescendant");
    },
  };
  table.on("cellEdited", (cell) => model.edit([[cell.getData().key, cell.getField(), cell.getValue()]]));
  table.on("rangeChanged", () => { grid.point(); onRow(grid.at); });
  ["cellEdited", "cellEditCancelled"].forEach((name) => table.on(name, () => setTimeout(() => waiting && grid.redraw([]), 0)));
  table.on("tableBuilt", () => {
    const holder = host.querySelector(".tabulator-tableholder"), header = host.querySelector(".tabulator-header");
    host.tabIndex = 0;
    host.setAttribute("aria-label", host.dataset.label);
    host.setAttribute("aria-multiselectable", "true");
    [holder, header].forEach((part) => { part.removeAttribute("tabindex"); part.focus = () => { if (!editing()) host.focus({ preventScroll: true }); }; });
    grid.choose(model.rows[0].key, "product");
    onRow(grid.at);
  });
  return grid;
};
