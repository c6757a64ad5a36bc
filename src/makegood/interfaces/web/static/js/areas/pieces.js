/* Many files in pieces: three at a time, progress each, going on where a broken connection or a closed page left off. */
(() => {
  const PIECE = 1 << 20, AT_ONCE = 3, TRIES = 6;
  const pause = (ms) => new Promise((done) => setTimeout(done, ms));
  const post = async (form, url, fields) => {
    const body = new FormData();
    body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
    Object.entries(fields).forEach(([name, value]) => body.append(name, value));
    const answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" } });
    if (!answer.ok) throw Object.assign(new Error(String(answer.status)), { status: answer.status });
    return answer.json();
  };
  const row = (form, file) => {
    const list = form.querySelector(".mg-pieces"), known = [...list.children].find((one) => one.dataset.mgWaits === file.name);
    const made = known ?? list.appendChild(document.createElement("li"));
    made.className = "row-x"; made.dataset.mgWaits = file.name; made.replaceChildren();
    const name = Object.assign(document.createElement("span"), { className: "m5 cut grow", textContent: file.name });
    const bar = Object.assign(document.createElement("progress"), { max: Math.max(file.size, 1), value: 0 });
    bar.setAttribute("aria-label", file.name);
    const word = Object.assign(document.createElement("span"), { className: "s mu nw", textContent: "0 %" });
    made.append(name, bar, word);
    return (received, text) => { bar.value = received; word.textContent = text ?? `${Math.floor((100 * received) / bar.max)} %`; };
  };
  const send = async (form, file, show) => {
    let tries = 0, begun;
    while (tries < TRIES) {
      try {
        begun ??= await post(form, form.dataset.mgPieces, { name: file.name, size: file.size });
        show(begun.received);
        while (begun.received < file.size) {
          const piece = file.slice(begun.received, begun.received + PIECE);
          const answer = await post(form, form.dataset.mgPiece.replace("/0/", `/${begun.id}/`), { offset: begun.received, piece });
          begun.received = answer.received; tries = 0; show(begun.received);
        }
        return true;
      } catch (problem) {
        if (problem.status && problem.status < 500 && problem.status !== 409) { show(0, "Not taken"); return false; }
        begun = undefined; tries += 1; show(0, "Waiting…");
        await pause(500 * 2 ** tries);
      }
    }
    show(0, "Broken off"); return false;
  };
  document.addEventListener("change", async (event) => {
    const form = event.target.closest("[data-mg-pieces]");
    if (!form || event.target.type !== "file") return;
    const queue = [...event.target.files].map((file) => [file, row(form, file)]);
    const worker = async () => { const sent = []; while (queue.length) { const [file, show] = queue.shift(); sent.push(await send(form, file, show)); } return sent; };
    const sent = (await Promise.all(Array.from({ length: AT_ONCE }, worker))).flat();
    if (sent.some(Boolean)) location.reload();
  });
})();
