/* Puts the parts of the order builder together on its page. */
document.addEventListener("DOMContentLoaded", () => {
  const root = document.getElementById("mg-build");
  if (!root) return;
  const facts = JSON.parse(document.getElementById("mg-build-facts").textContent), host = document.getElementById("mg-build-grid"), bar = document.getElementById("mg-build-bar");
  const model = mg.sheetModel(facts), page = mg.sheetPage(root, facts);
  let panel = { look() {}, soon() {} };
  const grid = mg.sheetGrid(host, facts, model, (key) => panel.look(key));
  const server = mg.sheetServer(facts, model, grid, page);
  panel = mg.sheetPanel(document.getElementById("mg-build-panel"), facts, model, server);
  grid.cells.offers = mg.sheetOffers(facts, server, server.drop);
  const keys = mg.sheetKeys(host, bar, facts, model, grid, server.save);
  page.answered = (html) => panel.answered(html);
  page.at = () => panel.at;
  page.choose = (one, side) => {
    const row = model.find(one.key);
    if (one.column) { model.opened[one.line_id] = { ...model.opened[one.line_id], [one.column]: one.theirs }; if (side === "theirs") model.edit([[one.key, one.column, one.theirs]]); }
    else server.settleLine(one, side, row);
  };
  /* One changed what the other removed: the line is left out, or made anew of what stands here; or kept as they have it. */
  server.settleLine = async (one, side, row) => {
    if (row && side === "theirs") model.remove([one.key], "Left out, as they have it.");
    else if (row) model.put(model.rows.map((each) => (each === row ? { ...each, line: null } : each)), { said: "Kept as a new line." });
    else {
      const theirs = (await (await fetch(`${facts.url}rows/`)).json()).rows.find((each) => each.line === one.line_id);
      model.opened[one.line_id] = theirs.cells;
      if (side === "theirs") model.insert(model.filled.length, [theirs], "Back, as they have it.");
    }
  };
  model.hear((before, after, { quiet, said }) => {
    grid.show(before, after);
    if (quiet) return;
    if (said) keys.say(said);
    server.keep();
    page.told(server.unsaved());
    server.soon();
  });
  server.cleaned();
  const saved = page.saved;
  page.saved = (done) => { saved(done); server.cleaned(); page.told(false); };
  page.part("file")?.addEventListener("change", async (event) => { await server.upload(event.target.files[0]); event.target.value = ""; });
  page.part("save")?.addEventListener("click", server.save);
  document.querySelector("[data-build=forget]").addEventListener("click", () => { server.forget(); location.reload(); });
  grid.table.on("tableBuilt", () => {
    const kept = facts.editable && server.kept();
    if (kept?.rows) {
      model.opened = kept.opened;
      model.put(kept.rows, { said: "What you had not saved is here again." });
      document.querySelector("[data-build=kept]").hidden = false;
    }
    page.totals(facts.answer.totals);
    page.told(server.unsaved());
    host.focus({ preventScroll: true });
    root.dataset.ready = "yes";
  });
  addEventListener("beforeunload", (event) => { if (server.unsaved()) event.preventDefault(); });
});
