// A table of any length: only the rows in sight are elements. One stop for the Tab key; arrows, page keys, Home and
// End move in it, Enter opens. Titles of columns are buttons that sort.

/**
 * @typedef {Object} Column
 * @property {string} title
 * @property {string} width of the column, as grid-template-columns wants it
 * @property {(row: any) => (string|number|null)} value what it is sorted by
 * @property {(row: any) => (string|Node)} [show] what stands in it; else the value
 * @property {boolean} [isNumber]
 * @property {boolean} [isWide] left out on narrow screens
 */

/**
 * @param {{label: string, columns: Column[], rows: any[], none: string, open: (row: any) => void}} options
 * @returns {{element: HTMLElement, show: (rows: any[]) => void, shown: () => any[]}}
 */
function table({ label, columns, rows, none, open }) {
  const height = 34;
  const id = "t" + Math.random().toString(36).slice(2, 8);
  let shown = rows, order = null, active = 0, pending = 0;

  const heads = columns.map((column, i) => h("div", { role: "columnheader", class: classOf(column) },
    h("button", { type: "button", tabindex: "-1", click: () => sortBy(i) }, column.title)));
  const head = h("div", { role: "row", class: "head", "aria-rowindex": 1 }, heads);
  const body = h("div", { role: "rowgroup", class: "body" });
  const blank = h("p", { class: "empty", hidden: true }, none);
  const grid = h("div", {
    role: "grid", class: "grid", tabindex: 0, "aria-label": label, "aria-colcount": columns.length,
    scroll: () => { pending ||= requestAnimationFrame(draw); }, keydown, click, focus: draw, blur: draw,
  }, h("div", { role: "rowgroup", class: "heads" }, head), body);
  const layout = matchMedia("(max-width: 720px)");
  layout.addEventListener("change", lay);
  new ResizeObserver(() => draw()).observe(grid);
  lay();

  function lay() {
    const visible = columns.filter(c => !layout.matches || !c.isWide);
    grid.style.setProperty("--columns", visible.map(c => c.width).join(" "));
    draw();
  }

  function classOf(column) {
    return [column.isNumber && "number", column.isWide && "wide"].filter(Boolean).join(" ") || null;
  }

  function sortBy(i) {
    order = { column: i, up: order?.column === i ? !order.up : !columns[i].isNumber };
    heads.forEach((cell, k) => k === i
      ? cell.setAttribute("aria-sort", order.up ? "ascending" : "descending")
      : cell.removeAttribute("aria-sort"));
    sort();
    active = 0;
    grid.scrollTop = 0;
    draw();
  }

  function sort() {
    if (!order) return;
    const { value } = columns[order.column];
    const sign = order.up ? 1 : -1;
    const compare = new Intl.Collator(data.lang, { numeric: true }).compare;
    // What is not known stands at the end, whichever way.
    shown = shown.map(row => [value(row), row]).sort(([a], [b]) =>
      a === null ? (b === null ? 0 : 1)
        : b === null ? -1
          : sign * (typeof a === "number" ? a - b : compare(a, b))).map(([, row]) => row);
  }

  function draw() {
    pending = 0;
    body.style.blockSize = `${shown.length * height}px`;
    grid.setAttribute("aria-rowcount", shown.length + 1);
    blank.hidden = shown.length > 0;
    const first = Math.max(0, Math.floor(grid.scrollTop / height) - 4);
    const last = Math.min(shown.length, first + Math.ceil(grid.clientHeight / height) + 8);
    const made = [];
    for (let i = first; i < last; i++) made.push(rowOf(i));
    if (active < shown.length && (active < first || active >= last)) made.push(rowOf(active));
    body.replaceChildren(...made);
    if (shown.length > 0) grid.setAttribute("aria-activedescendant", id + active);
    else grid.removeAttribute("aria-activedescendant");
  }

  function rowOf(i) {
    const row = h("div", {
      role: "row", id: id + i, "aria-rowindex": i + 2, class: i === active ? "active" : null,
    }, columns.map(column => {
      const said = column.show ? column.show(shown[i]) : column.value(shown[i]) ?? "–";
      return h("div", {
        role: "gridcell", class: classOf(column), title: typeof said === "string" ? said : null,
      }, said);
    }));
    row.style.transform = `translateY(${i * height}px)`;
    return row;
  }

  function move(to) {
    active = Math.min(shown.length - 1, Math.max(0, to));
    const [top, room] = [active * height, grid.clientHeight - 2 * height];
    if (top < grid.scrollTop) grid.scrollTop = top;
    else if (top > grid.scrollTop + room) grid.scrollTop = top - room;
    draw();
  }

  function keydown(event) {
    if (event.target !== grid || event.ctrlKey || event.altKey || event.metaKey || shown.length === 0) return;
    const page = Math.max(1, Math.floor(grid.clientHeight / height) - 2);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -active, End: shown.length };
    if (event.key in steps) move(active + steps[event.key]);
    else if (event.key === "Enter" || event.key === " ") open(shown[active]);
    else return;
    event.preventDefault();
  }

  function click(event) {
    const row = event.target.closest("[role=row]");
    if (!row || row === head) return;
    active = Number(row.getAttribute("aria-rowindex")) - 2;
    draw();
    open(shown[active]);
  }

  return {
    element: h("div", { class: "table" }, grid, blank),
    show(some) {
      shown = some;
      sort();
      active = 0;
      grid.scrollTop = 0;
      draw();
    },
    shown: () => shown,
  };
}
