/* The sheet by keyboard and clipboard, and the same by its buttons. Every act is one step of the model. */
mg.sheetKeys = (host, bar, facts, model, grid, save) => {
  const say = (text) => { document.getElementById("mg-build-said").textContent = text; };
  const columns = facts.columns.slice(1).map((column) => column.key);
  const none = (text) => { say(text); return true; };
  const filled = (keys) => keys.filter((key) => !model.blank(model.find(key)));
  const acts = {
    undo: () => model.undo() || none("There is nothing to undo."),
    redo: () => model.redo() || none("There is nothing to do again."),
    fill() {
      const { keys, columns: chosen } = grid.range();
      const from = keys.length > 1 ? model.find(keys[0]) : model.rows[model.rows.findIndex((row) => row.key === keys[0]) - 1];
      if (!from) return none("There is no row above to fill from.");
      const into = keys.length > 1 ? keys.slice(1) : keys;
      model.edit(into.flatMap((key) => chosen.map((column) => [key, column, grid.cells.text(from, column)[0]])), `Filled down into ${into.length} ${into.length === 1 ? "row" : "rows"}.`);
    },
    clear() { const { keys, columns: chosen } = grid.range(); model.edit(keys.flatMap((key) => chosen.map((column) => [key, column, ""])), "Emptied."); },
    insert() { const made = model.fresh(); model.insert(model.rows.findIndex((row) => row.key === grid.at), [made], "A row inserted."); },
    duplicate() { const copies = model.duplicate(grid.range().keys, "Duplicated."); if (!copies.length) say("Choose a row with something in it."); },
    remove() { const keys = filled(grid.range().keys); if (keys.length) model.remove(keys, `${keys.length} ${keys.length === 1 ? "row" : "rows"} removed. Ctrl+Z brings them back.`); else say("Choose a row with something in it."); },
    up: () => model.move(filled(grid.range().keys), -1, "Moved up.") || say("It is the first row."),
    down: () => model.move(filled(grid.range().keys), 1, "Moved down.") || say("It is the last row."),
    /* Given at no charge, or charged again where all chosen rows are given already. */
    added() {
      const keys = filled(grid.range().keys), on = keys.some((key) => !grid.cells.text(model.find(key), "added")[0]);
      if (keys.length) model.edit(keys.map((key) => [key, "added", on ? "yes" : ""]), on ? "Added value: given at no charge." : "Charged again."); else say("Choose a row with something in it.");
    },
    save,
  };
  const writes = new Set(["added", "undo", "redo", "fill", "clear", "insert", "duplicate", "remove", "up", "down"]);
  const act = (name) => { if (!facts.editable && writes.has(name)) return say("This order is booked: its lines change by a change order."); return acts[name](); };
  const named = (event) => {
    const key = event.key.toLowerCase(), ctrl = event.ctrlKey || event.metaKey;
    if (ctrl && !event.altKey) return { z: event.shiftKey ? "redo" : "undo", y: "redo", d: event.shiftKey ? "duplicate" : "fill", s: "save" }[key];
    if (event.altKey && !ctrl) return { arrowup: "up", arrowdown: "down", insert: "insert", i: "insert", v: "added", delete: "remove", backspace: "remove" }[key];
    return { delete: "clear", backspace: "clear" }[key];
  };
  host.addEventListener("keydown", (event) => {
    if (grid.editing()) return;
    const name = named(event);
    if (name) { event.preventDefault(); event.stopPropagation(); act(name); }
    else if (event.key === "Enter" || event.key === "F2") { event.preventDefault(); event.stopPropagation(); grid.edit(); }
    else if (event.key === "Escape") { event.preventDefault(); bar.querySelector("button, a").focus(); }
    else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey && grid.edit(event.key)) { event.preventDefault(); event.stopPropagation(); }
  }, true);
  const mine = () => !grid.editing() && host.contains(document.activeElement);
  const copied = (event) => {
    if (!mine() || !grid.range()) return false;
    const { keys, columns: chosen } = grid.range();
    const texts = keys.map((key) => chosen.map((column) => mg.sheetOwn(model, grid, model.find(key), column)));
    event.clipboardData.setData("text/plain", mg.tsv.write(texts));
    event.preventDefault();
    say(`${keys.length} × ${chosen.length} cells copied.`);
    return true;
  };
  document.addEventListener("copy", copied);
  document.addEventListener("cut", (event) => { if (copied(event)) act("clear"); });
  document.addEventListener("paste", (event) => {
    if (!mine() || !grid.range()) return;
    event.preventDefault();
    if (!facts.editable) { say("This order is booked: its lines change by a change order."); return; }
    const cells = mg.tsv.parse(event.clipboardData.getData("text/plain")), { keys, columns: chosen } = grid.range();
    const one = cells.length === 1 && cells[0].length === 1 && (keys.length > 1 || chosen.length > 1);
    if (one) model.edit(keys.flatMap((key) => chosen.map((column) => [key, column, cells[0][0]])), "Pasted into every chosen cell.");
    else if (cells.length) model.paste(keys[0], chosen[0], cells, columns);
  });
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-act]");
    if (button) { act(button.dataset.act); if (button.dataset.act !== "save") host.focus({ preventScroll: true }); }
  });
  return { say, act };
};
/* A cell's text as it is copied: what is shown, for the cells that only we write too. */
mg.sheetOwn = (model, grid, row, column) => {
  const made = grid.cells.own[column];
  return made ? made(row).textContent.trim() : grid.cells.text(row, column)[0];
};
