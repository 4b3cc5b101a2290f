"use strict";
(() => {
  const index = document.getElementById("index");
  const sections = new Map([...document.querySelectorAll("section.deal")].map((section) => [section.id, section]));

  function sortBy(header) {
    const column = header.cellIndex;
    const sign = header.getAttribute("aria-sort") === "ascending" ? -1 : 1;
    const body = index.tBodies[0];
    const rows = [...body.rows].map((row) => {
      const cell = row.cells[column];
      return { row, text: cell.textContent.trim(), key: cell.dataset.key === undefined ? null : Number(cell.dataset.key) };
    });
    const numbers = rows.some((one) => one.key !== null);
    const empty = (one) => (numbers ? one.key === null : one.text === "");
    rows.sort((a, b) => {
      if (empty(a) || empty(b)) return empty(a) - empty(b);
      return sign * (numbers ? a.key - b.key : a.text.localeCompare(b.text, "en", { numeric: true }));
    });
    for (const other of header.parentElement.cells) other.removeAttribute("aria-sort");
    header.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
    body.append(...rows.map((one) => one.row));
  }

  function filter() {
    const words = document.getElementById("filter").value.toLowerCase().split(/\s+/).filter(Boolean);
    const doubtful = document.getElementById("only-doubtful").checked;
    let shown = 0;
    for (const row of index.tBodies[0].rows) {
      const text = row.textContent.toLowerCase();
      row.hidden = !words.every((word) => text.includes(word)) || (doubtful && row.dataset.doubtful === "0");
      shown += !row.hidden;
      const section = sections.get(row.id.replace("entry", "deal"));
      if (section) section.hidden = section.nextElementSibling.hidden = row.hidden;
    }
    document.getElementById("shown").textContent = `${shown} of ${index.tBodies[0].rows.length} deals`;
  }

  if (index) {
    for (const header of index.tHead.rows[0].cells) {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...header.childNodes);
      button.addEventListener("click", () => sortBy(header));
      header.append(button);
    }
    document.getElementById("filter").addEventListener("input", filter);
    document.getElementById("only-doubtful").addEventListener("change", filter);
    document.querySelector(".controls").hidden = false;
    filter();
  }

  // All words of a record are shown as found, also where other evidence cuts them; a deal that was filtered away comes back.
  function arrive() {
    for (const mark of document.querySelectorAll("mark.here")) mark.classList.remove("here");
    const id = location.hash.slice(1);
    const target = id && document.getElementById(id);
    if (!target) return;
    if (index && target.closest("[hidden]")) {
      document.getElementById("filter").value = "";
      document.getElementById("only-doubtful").checked = false;
      filter();
      target.scrollIntoView();
    }
    for (const mark of document.querySelectorAll(`mark[data-of~="${CSS.escape(id)}"]`)) mark.classList.add("here");
  }
  addEventListener("hashchange", arrive);
  arrive();
})();
