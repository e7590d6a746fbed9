// Every printed character of the page with its place, in the order of the source: an array of runs, one an element's
// text node. A run: {article, role, other, join, size, vertical, text, places}; places are [x, y, x, y, …] in CSS pixels.
() => {
  const nearest = (node, name) => node.closest(`[${name}]`)?.getAttribute(name) ?? null;
  const runs = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const ids = new Map();
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement;
    if (!parent || parent.closest('script, style, [data-x="no"]')) continue;
    // A dateline at the head of a paragraph is printed with it, and is of its text.
    const place = parent.closest('[data-r="dateline"]');
    const owner = place?.parentElement.closest('[data-r="p"], [data-r="lead"]') ?? parent.closest('[data-r], [data-o]');
    if (!owner) continue;
    if (!ids.has(owner)) ids.set(owner, ids.size);
    const style = getComputedStyle(parent);
    if (style.visibility === 'hidden' || style.display === 'none') continue;
    const run = {
      element: ids.get(owner), role: owner.getAttribute('data-r'), other: owner.getAttribute('data-o'),
      article: nearest(owner, 'data-a'), join: owner.hasAttribute('data-join'),
      size: parseFloat(style.fontSize), vertical: style.writingMode.startsWith('vertical'), text: '', places: [],
    };
    // A letter's place holds the white that letter spacing sets after it, below or at its right in either direction.
    const white = parseFloat(style.letterSpacing) || 0;
    const range = document.createRange();
    for (let i = 0; i < node.length; i++) {
      const char = node.data[i];
      if (/\s/.test(char)) { if (run.text && !run.text.endsWith(' ')) { run.text += ' '; } continue; }
      range.setStart(node, i); range.setEnd(node, i + 1);
      const box = range.getClientRects()[0];
      if (!box || box.width === 0 || box.height === 0) continue;
      run.text += char;
      run.places.push(box.left + window.scrollX, box.top + window.scrollY,
                      box.right + window.scrollX - (run.vertical ? 0 : white),
                      box.bottom + window.scrollY - (run.vertical ? white : 0));
    }
    if (run.places.length) runs.push(run);
  }
  return runs;
}
