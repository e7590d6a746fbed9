// The scan: tiles, regions with their order, the line and the glyph that are looked at.

import { get, make, served, word } from "./core.js";

const L = window.L;
const COLOURS = ["#2d6ca2", "#a3402f", "#4d7a34", "#7b4a91", "#b0731c", "#0f7173", "#8c3b66", "#55606e"];

// Sides of the least box that is drawn, in pixels of the scan: less is a click.
const LEAST = 4;

// Left, top, right, bottom of what a polygon encloses.
export function boxOf(polygon) {
  const xs = polygon.map((p) => p[0]), ys = polygon.map((p) => p[1]);
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
}

// Tiles of our own server alone.
const Tiles = L.TileLayer.extend({
  createTile(at, done) {
    const tile = document.createElement("img");
    tile.alt = "";
    tile.onload = () => done(null, tile);
    tile.onerror = () => done(new Error("tile"), tile);
    served().then(() => { tile.src = this.getTileUrl(at); });
    return tile;
  },
});

export class Scan {
  constructor(place, issue, page) {
    this.place = place; this.issue = issue; this.page = page; this.lines = {}; this.ready = false;
  }

  async open(onPoint, onPick) {
    let size;
    try { size = await get(`/tiles/${this.issue}/${this.page}.json`); } catch {
      this.place.append(make("p", { class: "alarm" }, word("no_scan"))); return;
    }
    const top = this.top = size.levels - 1;
    this.size = size;
    this.map = L.map(this.place, { crs: L.CRS.Simple, minZoom: 0, maxZoom: top + 1, zoomSnap: 0.25, attributionControl: false, zoomControl: false, keyboard: false, fadeAnimation: false, zoomAnimation: false, markerZoomAnimation: false });
    L.control.zoom({ zoomInTitle: word("zoom_in"), zoomOutTitle: word("zoom_out") }).addTo(this.map);
    this.at = (x, y) => this.map.unproject([x, y], top);
    const bounds = L.latLngBounds(this.at(0, size.height), this.at(size.width, 0));
    const part = Math.min(size.height, (size.width * this.place.clientHeight) / Math.max(1, this.place.clientWidth));
    this.map.fitBounds(L.latLngBounds(this.at(0, part), this.at(size.width, 0)), { animate: false });
    this.map.setMaxBounds(bounds.pad(0.3));
    this.whole = bounds;
    new Tiles(`/tiles/${this.issue}/${this.page}/{z}/{x}/{y}.jpg`, { tileSize: size.tile, minZoom: 0, maxNativeZoom: top, maxZoom: top + 1, bounds, noWrap: true }).addTo(this.map);
    const [far, { width, height }] = [20 * Math.max(size.width, size.height), size];
    const frame = (a, b, c, d) => [this.at(a, b), this.at(c, b), this.at(c, d), this.at(a, d)];
    L.polygon([frame(-far, -far, width + far, height + far), frame(0, 0, width, height)], { className: "around", stroke: false, fillOpacity: 1, interactive: false }).addTo(this.map);
    this.glyph = L.polygon([], { className: "looked-at", color: "#c0392b", weight: 2, fillColor: "#f0be3c", fillOpacity: 0.28, interactive: false }).addTo(this.map);
    this.line = L.polygon([], { color: "#1a5fb4", weight: 1.5, fillOpacity: 0.08, interactive: false }).addTo(this.map);
    this.marked = L.layerGroup().addTo(this.map);
    this.regions = L.layerGroup().addTo(this.map);
    this.lost = L.layerGroup().addTo(this.map);
    this.part = L.rectangle([[0, 0], [0, 0]], { color: "#c0392b", weight: 3, fillColor: "#f0be3c", fillOpacity: 0.25, interactive: false });
    const point = (e) => { const p = this.map.project(e.latlng, top); return this.find(p.x, p.y); };
    this.map.on("mousemove", (e) => onPoint(point(e)));
    this.map.on("click", (e) => { if (this.place.classList.contains("drawing")) return; const found = point(e); if (found) onPick(found, e.originalEvent.shiftKey); });
    this.ready = true;
    if (this.pending) this.draw(...this.pending);
    if (this.pendingLost) this.drawLost(this.pendingLost);
  }

  draw(view, homes) {
    if (!this.ready) { this.pending = [view, homes]; return; }
    this.lines = view.lines;
    this.boxes = Object.entries(view.lines).filter(([, l]) => l.polygon.length).map(([id, l]) => [id, ...boxOf(l.polygon)]);
    this.regions.clearLayers();
    for (const r of view.regions) {
      if (!r.polygon.length || !r.order) continue;
      const colour = r.id in homes ? COLOURS[homes[r.id] % COLOURS.length] : "#6d675d";
      this.regions.addLayer(L.polygon(r.polygon.map(([x, y]) => this.at(x, y)), { className: "region", color: colour, fillColor: colour, fillOpacity: 0.04, weight: 1.5, interactive: false }));
      const icon = L.divIcon({ className: "order", iconSize: [20, 15], iconAnchor: [20, 15], html: String(Number(r.order)) });
      this.regions.addLayer(L.marker(this.at(...r.polygon[0]), { icon, interactive: false, keyboard: false }));
    }
  }

  bounds([x0, y0, x1, y1]) { return L.latLngBounds(this.at(x0, y1), this.at(x1, y0)); }

  // Places that look like text and lie in no line.
  drawLost(boxes) {
    if (!this.ready) { this.pendingLost = boxes; return; }
    this.lost.clearLayers();
    this.part.remove();
    for (const box of boxes) this.lost.addLayer(L.rectangle(this.bounds(box), { className: "lost", color: "#c0392b", weight: 2, dashArray: "6 4", fillColor: "#c0392b", fillOpacity: 0.08, interactive: false }));
  }

  // To a part of the scan, with what stands around it.
  show(box) {
    if (!this.ready) return;
    const bounds = this.bounds(box);
    this.part.setBounds(bounds).addTo(this.map);
    this.map.fitBounds(bounds.pad(1), { animate: false, maxZoom: this.map.getMaxZoom() - 1 });
  }

  find(x, y) {
    const hit = (this.boxes ?? []).find(([, a, b, c, d]) => a <= x && x <= c && b <= y && y <= d);
    if (!hit) return null;
    const boxes = this.lines[hit[0]].boxes;
    for (let n = 0; n < boxes.length; n += 4) {
      if (boxes[n] <= x && x <= boxes[n + 2] && boxes[n + 1] <= y && y <= boxes[n + 3]) return { line: hit[0], start: n / 4 };
    }
    return { line: hit[0], start: null };
  }

  box(line, start, end = start + 1) {
    const boxes = this.lines[line]?.boxes ?? [];
    let whole = null;
    for (let n = Math.max(0, start); n < end && 4 * n < boxes.length; n++) {
      const [a, b, c, d] = boxes.slice(4 * n, 4 * n + 4);
      if (c <= a) continue;
      whole = whole ? [Math.min(whole[0], a), Math.min(whole[1], b), Math.max(whole[2], c), Math.max(whole[3], d)] : [a, b, c, d];
    }
    return whole;
  }

  light(line, start, end, follow) {
    if (!this.ready) return;
    const polygon = this.lines[line]?.polygon ?? [];
    this.line.setLatLngs(polygon.map(([x, y]) => this.at(x, y)));
    const box = start === null || start === undefined ? null : this.box(line, start, end);
    this.glyph.setLatLngs(box ? [[box[0], box[1]], [box[2], box[1]], [box[2], box[3]], [box[0], box[3]]].map(([x, y]) => this.at(x, y)) : []);
    if (follow && polygon.length) {
      const middle = box ? this.at((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) : this.line.getBounds().getCenter();
      this.map.panInside(middle, { padding: [48, 48], animate: false });
    }
  }

  // To the glyph, large enough to be read, in the middle; from there back to the whole page.
  zoom(line, start = null, end = null) {
    if (!this.ready) return;
    const polygon = this.lines[line]?.polygon ?? [], near = this.map.getMaxZoom() - 1;
    if (!polygon.length || this.map.getZoom() >= near) { this.map.fitBounds(this.whole, { animate: false }); return; }
    const box = start === null ? null : this.box(line, start, end);
    const middle = box ? this.at((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) : this.line.setLatLngs(polygon.map(([x, y]) => this.at(x, y))).getBounds().getCenter();
    this.map.setView(middle, near, { animate: false });
  }

  // A rectangle that its person draws, with the mouse, a pen or a finger: left, top, right, bottom in pixels of the scan;
  // null where it is given up. What is told to do stands on the scan for as long. A click draws nothing.
  rectangle(hint) {
    if (!this.ready) return null;
    const shape = L.rectangle([[0, 0], [0, 0]], { color: "#7c2d20", weight: 2, fillOpacity: 0.12, interactive: false }).addTo(this.map);
    const map = this.map, place = this.place;
    map.dragging.disable();
    map.boxZoom.disable();
    place.classList.add("drawing");
    place.scrollIntoView({ block: "nearest" }); // on a small window it may be above
    return new Promise((made) => {
      let from = null;
      const end = (box) => {
        place.removeEventListener("pointerdown", down, true);
        removeEventListener("pointermove", move, true);
        removeEventListener("pointerup", up, true);
        removeEventListener("pointercancel", cancel, true);
        removeEventListener("keydown", key, true);
        map.dragging.enable();
        map.boxZoom.enable();
        setTimeout(() => place.classList.remove("drawing")); // the click that ends the drag picks no line
        shape.remove();
        bar.remove();
        made(box);
      };
      const at = (e) => map.mouseEventToLatLng(e);
      const box = (e) => {
        const [a, b] = [from, at(e)].map((p) => map.project(p, this.top)), { width, height } = this.size;
        const within = (n, most) => Math.min(most, Math.max(0, Math.round(n)));
        return [within(Math.min(a.x, b.x), width), within(Math.min(a.y, b.y), height), within(Math.max(a.x, b.x), width), within(Math.max(a.y, b.y), height)];
      };
      const down = (e) => { if (e.isPrimary && e.button === 0 && !bar.contains(e.target)) from = at(e); };
      const move = (e) => { if (from && e.isPrimary) shape.setBounds(L.latLngBounds(from, at(e))); };
      const up = (e) => {
        if (!from || !e.isPrimary) return;
        const [x0, y0, x1, y1] = box(e);
        cancel(e);
        if (Math.min(x1 - x0, y1 - y0) >= LEAST) end([x0, y0, x1, y1]);
      };
      const cancel = (e) => { // also where the browser takes the finger's drag for its own
        if (!e.isPrimary) return;
        from = null;
        shape.setBounds([[0, 0], [0, 0]]);
      };
      const key = (e) => { if (e.key === "Escape") { e.stopPropagation(); e.preventDefault(); end(null); } };
      const bar = make("div", { class: "adjusting", role: "status" }, make("span", {}, hint), make("button", { onclick: () => end(null) }, word("draw_off")));
      L.DomEvent.disableClickPropagation(bar);
      place.append(bar);
      place.addEventListener("pointerdown", down, true);
      addEventListener("pointermove", move, true);
      addEventListener("pointerup", up, true);
      addEventListener("pointercancel", cancel, true);
      addEventListener("keydown", key, true);
    });
  }

  // A box whose borders its person moves: with the mouse or a finger by the middle of each, with the keyboard by Tab to a
  // border and the arrow keys, Shift for larger steps. Gives the box, or null where it is given up.
  adjust(box) {
    if (!this.ready) return null;
    const [x0, y0, x1, y1] = box, now = { left: x0, top: y0, right: x1, bottom: y1 };
    const bounds = () => [now.left, now.top, now.right, now.bottom];
    this.place.scrollIntoView({ block: "nearest" });
    const shape = L.rectangle(this.bounds(box), { className: "adjusted", color: "#7c2d20", weight: 2, fillOpacity: 0.1, interactive: false }).addTo(this.map);
    this.map.fitBounds(this.bounds(box).pad(0.5), { animate: false, maxZoom: this.map.getMaxZoom() - 1 });
    const middle = (side) => ({ left: [now.left, (now.top + now.bottom) / 2], right: [now.right, (now.top + now.bottom) / 2], top: [(now.left + now.right) / 2, now.top], bottom: [(now.left + now.right) / 2, now.bottom] })[side];
    const level = (side) => side === "left" || side === "right";
    const handles = new Map();
    const put = (side, to) => {
      const least = 6, size = this.size;
      now[side] = Math.round({ left: Math.min(Math.max(0, to), now.right - least), right: Math.max(Math.min(size.width, to), now.left + least), top: Math.min(Math.max(0, to), now.bottom - least), bottom: Math.max(Math.min(size.height, to), now.top + least) }[side]);
      shape.setBounds(this.bounds(bounds()));
      for (const [name, handle] of handles) handle.setLatLng(this.at(...middle(name)));
    };
    return new Promise((made) => {
      const end = (result) => {
        removeEventListener("keydown", key, true);
        for (const handle of handles.values()) handle.remove();
        shape.remove();
        bar.remove();
        this.place.classList.remove("drawing");
        made(result);
      };
      const key = (e) => {
        const side = e.target.closest?.(".handle")?.dataset.side;
        const step = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }[e.key];
        if (e.key === "Escape") end(null);
        else if (e.key === "Enter" && !e.target.closest?.(".adjusting button")) end(bounds());
        else if (side && step && level(side) === (e.key === "ArrowLeft" || e.key === "ArrowRight")) put(side, now[side] + step * (e.shiftKey ? 10 : 2));
        else if (e.key === "Tab" || e.key === "Enter" || e.key === "Shift") return;
        e.preventDefault();
        e.stopPropagation();
      };
      for (const side of ["left", "top", "right", "bottom"]) {
        const icon = L.divIcon({ className: "handle", iconSize: [22, 22], iconAnchor: [11, 11], html: "" });
        const handle = L.marker(this.at(...middle(side)), { icon, draggable: true, keyboard: true, title: word(`border_${side}`), alt: word(`border_${side}`) }).addTo(this.map);
        handle.getElement().dataset.side = side;
        handle.getElement().setAttribute("aria-label", word(`border_${side}`));
        handle.on("drag", () => { const p = this.map.project(handle.getLatLng(), this.top); put(side, level(side) ? p.x : p.y); });
        handles.set(side, handle);
      }
      const bar = make("div", { class: "adjusting", role: "group", "aria-label": word("border_move") }, make("span", {}, word("border_how")),
        make("button", { class: "main", onclick: () => end(bounds()) }, word("border_done")), make("button", { onclick: () => end(null) }, word("draw_off")));
      this.place.append(bar);
      this.place.classList.add("drawing");
      addEventListener("keydown", key, true);
      handles.get("right").getElement().focus();
    });
  }

  mark(lines) {
    if (!this.ready) return;
    this.marked.clearLayers();
    for (const id of lines) {
      const polygon = this.lines[id]?.polygon ?? [];
      if (polygon.length) this.marked.addLayer(L.polygon(polygon.map(([x, y]) => this.at(x, y)), { color: "#7c2d20", weight: 2, fillOpacity: 0.2, interactive: false }));
    }
  }
}
