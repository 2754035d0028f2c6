// The flame graph on one canvas. Plain ECMAScript: no build step, no library, no network.
// Every text of the dump is drawn with fillText or set as textContent, so none can be markup.
const ROW = 19;
const FIELDS = ["parent", "depth", "callsite", "name", "place", "cause", "size", "own"];

function boxesOf(model) {
  const copy = (view) => view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength);
  const spans = new Float64Array(copy(model.get("_spans")));
  const columns = new Int32Array(copy(model.get("_columns")));
  const count = spans.length / 2;
  const boxes = { count, left: spans.subarray(0, count), width: spans.subarray(count) };
  FIELDS.forEach((field, i) => { boxes[field] = columns.subarray(i * count, (i + 1) * count); });
  return boxes;
}

function inkOn(colour) {
  const channel = (i) => {
    const c = parseInt(colour.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  const light = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
  return (light + 0.05) ** 2 > 0.0525 ? "#000000" : "#ffffff";
}

function element(tag, style, parent) {
  const made = document.createElement(tag);
  Object.assign(made.style, style);
  parent.appendChild(made);
  return made;
}

function layout(el) {
  el.style.font = "12px system-ui, sans-serif";
  const bar = element("div", { display: "flex", gap: "10px", alignItems: "center", margin: "2px 0 6px" }, el);
  const search = element("input", { width: "190px", padding: "2px 6px" }, bar);
  search.type = "search";
  search.placeholder = "search functions and files";
  search.setAttribute("aria-label", "search functions and files");
  const back = element("button", { padding: "1px 8px" }, bar);
  back.textContent = "whole";
  const found = element("span", { flex: "1", overflow: "hidden", whiteSpace: "nowrap" }, bar);
  found.setAttribute("role", "status");
  const canvas = element("canvas", { display: "block", width: "100%", cursor: "pointer" }, el);
  canvas.tabIndex = 0;
  canvas.setAttribute("role", "img");
  const detail = element("div", { minHeight: "34px", margin: "6px 0", whiteSpace: "pre-wrap" }, el);
  const legend = element("div", { display: "flex", flexWrap: "wrap", gap: "4px 14px" }, el);
  return { search, back, found, canvas, detail, legend };
}

function render({ model, el }) {
  const parts = layout(el);
  const pen = parts.canvas.getContext("2d");
  let boxes, words, inks, root = 0, wanted = "", hover = -1;

  function load() {
    boxes = boxesOf(model);
    words = model.get("_words");
    inks = words.colours.map(inkOn);
    root = 0;
    hover = -1;
    parts.canvas.setAttribute("aria-label", "Flame graph: " + model.get("_title"));
    drawLegend();
    draw();
  }

  function drawLegend() {
    parts.legend.replaceChildren();
    words.causes.forEach((cause, i) => {
      if (!cause) return;
      const entry = element("span", { display: "inline-flex", gap: "5px", alignItems: "center" }, parts.legend);
      element("span", { width: "11px", height: "11px", background: words.colours[i] }, entry);
      element("span", {}, entry).textContent = cause;
    });
  }

  function place(i) {
    // Ancestors of the root span the whole width; what is not above or below it is not shown.
    const scale = parts.canvas.clientWidth / boxes.width[root];
    const left = (boxes.left[i] - boxes.left[root]) * scale;
    const width = boxes.width[i] * scale;
    return left < -0.5 ? [0, parts.canvas.clientWidth] : [left, width];
  }

  function shown(i) {
    const end = boxes.left[root] + boxes.width[root];
    const slack = 1e-12;
    return boxes.left[i] + boxes.width[i] > boxes.left[root] + slack && boxes.left[i] < end - slack
      ? boxes.depth[i] >= boxes.depth[root] || boxes.width[i] >= boxes.width[root] - slack
      : i === root;
  }

  function draw() {
    const wide = parts.canvas.clientWidth || 900;
    let deepest = 0;
    for (let i = 0; i < boxes.count; i++) {
      if (shown(i) && place(i)[1] >= 0.4) deepest = Math.max(deepest, boxes.depth[i]);
    }
    const dots = window.devicePixelRatio || 1;
    const high = (deepest + 1) * ROW + 2;
    parts.canvas.width = wide * dots;
    parts.canvas.height = high * dots;
    parts.canvas.style.height = high + "px";
    pen.setTransform(dots, 0, 0, dots, 0, 0);
    pen.font = "11px system-ui, sans-serif";
    pen.textBaseline = "middle";
    for (let i = 0; i < boxes.count; i++) if (shown(i)) drawBox(i, ...place(i));
    countFound();
  }

  function drawBox(i, left, width) {
    if (width < 0.4) return;
    const top = boxes.depth[i] * ROW;
    const match = !wanted || matches(i);
    pen.globalAlpha = match ? (boxes.depth[i] < boxes.depth[root] ? 0.6 : 1) : 0.22;
    pen.fillStyle = words.colours[boxes.cause[i]];
    pen.fillRect(left, top, Math.max(width - (width > 3 ? 0.6 : 0), 0.4), ROW - 1);
    if (i === hover) {
      pen.strokeStyle = inks[boxes.cause[i]];
      pen.strokeRect(left + 1, top + 1, Math.max(width - 2, 0), ROW - 3);
    }
    if (width > 26) {
      pen.fillStyle = inks[boxes.cause[i]];
      pen.globalAlpha = match ? 1 : 0.4;
      drawText(words.names[boxes.name[i]], words.sizes[boxes.size[i]], left + 4, top + ROW / 2, width - 8);
    }
    pen.globalAlpha = 1;
  }

  function drawText(name, size, x, y, room) {
    const both = boxes.depth && name.startsWith(size) ? name : size + "  " + name;
    let text = pen.measureText(both).width <= room ? both : name;
    if (pen.measureText(text).width > room) {
      const letters = Math.floor(text.length * room / pen.measureText(text).width) - 1;
      text = letters > 1 ? text.slice(0, letters) + "…" : "";
    }
    pen.fillText(text, x, y);
  }

  function matches(i) {
    return words.names[boxes.name[i]].toLowerCase().includes(wanted)
      || words.places[boxes.place[i]].toLowerCase().includes(wanted);
  }

  function countFound() {
    if (!wanted) { parts.found.textContent = ""; return; }
    let share = 0, count = 0;
    const inside = new Uint8Array(boxes.count);  // below a match: its bytes are counted already
    for (let i = 0; i < boxes.count; i++) {
      inside[i] = boxes.parent[i] >= 0 ? inside[boxes.parent[i]] : 0;
      if (!matches(i)) continue;
      count += 1;
      if (!inside[i]) share += boxes.width[i];
      inside[i] = 1;
    }
    parts.found.textContent = count + (count === 1 ? " box, " : " boxes, ") + (100 * share).toFixed(1) + " % of the whole";
  }

  function boxAt(event) {
    const frame = parts.canvas.getBoundingClientRect();
    const x = event.clientX - frame.left;
    const depth = Math.floor((event.clientY - frame.top) / ROW);
    for (let i = 0; i < boxes.count; i++) {
      if (boxes.depth[i] !== depth || !shown(i)) continue;
      const [left, width] = place(i);
      if (x >= left && x < left + width) return i;
    }
    return -1;
  }

  function tell(i) {
    if (i < 0) { parts.detail.textContent = ""; return; }
    const share = (100 * boxes.width[i]).toFixed(1) + " %";
    const cause = words.causes[boxes.cause[i]];
    parts.detail.textContent = words.names[boxes.name[i]] + "\n" + words.sizes[boxes.size[i]] + " (" + share
      + ") with what it calls, " + words.sizes[boxes.own[i]] + " own" + (cause ? ", mostly " + cause : "");
  }

  function go(i) {
    root = Math.max(i, 0);
    model.set("selected", boxes.callsite[root]);
    model.save_changes();
    draw();
    tell(root);
  }

  parts.canvas.addEventListener("mousemove", (event) => {
    const at = boxAt(event);
    if (at !== hover) { hover = at; draw(); tell(at); }
  });
  parts.canvas.addEventListener("mouseleave", () => { hover = -1; draw(); });
  parts.canvas.addEventListener("click", (event) => { const at = boxAt(event); if (at >= 0) go(at); });
  parts.canvas.addEventListener("keydown", (event) => {
    if (event.key === "Escape") go(0);
    if (event.key === "Backspace" || event.key === "ArrowUp") go(boxes.parent[root]);
  });
  parts.back.addEventListener("click", () => go(0));
  parts.search.addEventListener("input", () => { wanted = parts.search.value.toLowerCase(); draw(); });
  model.on("change:_spans", load);
  const watcher = new ResizeObserver(() => draw());
  load();
  watcher.observe(el);
  return () => watcher.disconnect();
}

export default { render };
