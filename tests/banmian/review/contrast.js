// Every text and every control of the page with its contrast (WCAG 2.1, 1.4.3 and 1.4.11), from computed styles.
() => {
  const parsed = (text) => {
    const numbers = (text.match(/-?[\d.]+(e-?\d+)?/g) ?? []).map(Number);
    const scale = text.startsWith("color(") ? 255 : 1;
    if (text.startsWith("color(")) return [numbers[0] * scale, numbers[1] * scale, numbers[2] * scale, numbers[3] ?? 1];
    return [numbers[0], numbers[1], numbers[2], numbers[3] ?? 1];
  };
  const over = (a, b) => [0, 1, 2].map((n) => a[n] * a[3] + b[n] * (1 - a[3])).concat(1);
  const light = ([r, g, b]) => {
    const [x, y, z] = [r, g, b].map((v) => v / 255).map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * x + 0.7152 * y + 0.0722 * z;
  };
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + 0.05) / (y + 0.05); };
  const behind = (element) => {
    const chain = [];
    for (let e = element; e; e = e.parentElement) {
      const style = getComputedStyle(e), colour = parsed(style.backgroundColor);
      colour[3] *= Number(style.opacity);
      chain.push(colour);
    }
    return chain.reverse().reduce((under, colour) => over(colour, under), [255, 255, 255, 1]);
  };
  const opacity = (element) => { let o = 1; for (let e = element; e; e = e.parentElement) o *= Number(getComputedStyle(e).opacity); return o; };
  const seen = (e) => { const b = e.getBoundingClientRect(); return b.width > 0 && b.height > 0 && getComputedStyle(e).visibility === "visible"; };
  const found = [];
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walk.nextNode()) {
    const text = walk.currentNode.textContent.trim(), e = walk.currentNode.parentElement;
    if (!text || !seen(e) || e.closest("script, option, :disabled, [aria-disabled=true], .skip, .leaflet-control-attribution")) continue;
    const style = getComputedStyle(e), ground = behind(e), ink = parsed(style.color);
    ink[3] *= opacity(e);
    const size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    found.push({ kind: "text", what: text.slice(0, 20), where: e.className || e.tagName, ratio: ratio(over(ink, ground), ground), least: large ? 3 : 4.5 });
  }
  for (const e of document.querySelectorAll("button:not(:disabled), input, select, a.button")) {
    if (!seen(e) || e.type === "range" || e.closest(".glyph, li")) continue;
    const style = getComputedStyle(e), around = behind(e.parentElement);
    const best = Math.max(ratio(over(parsed(style.borderTopColor), around), around), ratio(behind(e), around));
    found.push({ kind: "control", what: (e.textContent || e.id).trim().slice(0, 20), where: e.className || e.tagName, ratio: best, least: 3 });
  }
  return found;
}
