/* Cells as spreadsheets put them on the clipboard: tabs between, a line each, quotes around what has a tab, a break or a quote. */
mg.tsv = {
  parse(text) {
    const rows = [[]];
    let cell = "", quoted = false, at = 0;
    const done = () => { rows.at(-1).push(cell); cell = ""; };
    for (; at < text.length; at++) {
      const letter = text[at];
      if (quoted) {
        if (letter !== '"') cell += letter;
        else if (text[at + 1] === '"') { cell += '"'; at++; }
        else quoted = false;
      } else if (letter === '"' && cell === "" && mg.tsv.closes(text, at)) quoted = true;
      else if (letter === "\t") done();
      else if (letter === "\n" || letter === "\r") {
        if (letter === "\r" && text[at + 1] === "\n") at++;
        done();
        rows.push([]);
      } else cell += letter;
    }
    if (cell || rows.at(-1).length) done();
    if (!rows.at(-1).length) rows.pop();
    return rows;
  },
  /* Whether a quote at the start of a cell opens a quoted cell: its partner stands before a tab, a break or the end. */
  closes(text, from) {
    for (let at = from + 1; at < text.length; at++) {
      if (text[at] !== '"') continue;
      if (text[at + 1] === '"') { at++; continue; }
      return at + 1 === text.length || "\t\r\n".includes(text[at + 1]);
    }
    return false;
  },
  write: (rows) => rows.map((row) => row.map((cell) => (/[\t\r\n]|^"/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join("\t")).join("\r\n"),
};
