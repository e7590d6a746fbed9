// Pours each text (.src) into its boxes (.box) in the order of the document, so that all of them are full; a paragraph
// that goes on in the next box becomes two elements, the later one marked as joined. What is left over is thrown away.
// Then things that are still too large for their cell lose what they can do without (.opt), or go altogether.
(() => {
  const FEWEST_LINES = 2, LEAST_TEXT = 0.4, PAUSE = /[。！？，；：][”』」）]*/g, NEVER_FIRST = /[，。！？；：、”’』」）》】％%…—]/;
  const over = (node) => node.scrollHeight > node.clientHeight + 1;
  function cut(model, from, to) {
    const copy = model.cloneNode(true), walker = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    let at = 0;
    for (const text of texts) {
      const length = text.data.length;
      text.data = text.data.slice(Math.max(0, from - at), Math.max(0, to - at));
      at += length;
      if (!text.data && text.parentElement !== copy) text.parentElement.remove();
    }
    return copy;
  }
  function most(box, model, tail) {
    // The most characters of the paragraph that the box still holds.
    let low = 0, high = model.textContent.length;
    let shown = null;
    const show = (count) => {
      const next = cut(model, 0, count);
      if (shown) shown.replaceWith(next); else box.insertBefore(next, tail);
      shown = next;
    };
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      show(middle);
      if (over(box)) high = middle - 1; else low = middle;
    }
    if (shown) shown.remove();
    while (low > 1 && low < model.textContent.length && NEVER_FIRST.test(model.textContent[low])) low -= 1;
    return low;
  }
  function pour(source) {
    const boxes = [...document.querySelectorAll(`.box[data-chain="${source.dataset.chain}"] > .in`)];
    const tails = [...source.querySelectorAll(':scope > .tail')];
    const last = boxes[boxes.length - 1];
    if (!last) { source.remove(); return; }
    tails.forEach((t) => last.append(t));
    let at = 0, pending = [], poured = 0, newest = null, whole = true;
    const anchor = () => boxes[at] === last ? tails[0] ?? null : null;
    const put = (node) => boxes[at].insertBefore(node, anchor());
    source.remove();
    for (const block of [...source.children]) {
      if (block.classList.contains('tail')) continue;
      if (block.classList.contains('after')) {
        put(block);
        if (over(boxes[at])) { block.remove(); if (at + 1 === boxes.length) break; at += 1; put(block); }
        if (over(boxes[at])) block.remove();
        continue;
      }
      if (!block.classList.contains('s')) { pending.push(block); continue; }
      let rest = block, first = true;
      while (rest && at < boxes.length) {
        const box = boxes[at], heads = first ? pending : [];
        heads.forEach(put);
        put(rest);
        if (!over(box)) { poured += rest.textContent.length; newest = rest; rest = null; break; }
        rest.remove();
        const size = parseFloat(getComputedStyle(box).fontSize);
        const least = Math.max(4, Math.floor(box.clientWidth / size) * FEWEST_LINES - 4);
        const count = most(box, rest, anchor()), length = rest.textContent.length;
        if (count < Math.min(least, length) && (first || count === 0)) {
          heads.forEach((h) => h.remove());
          at += 1;
          continue;
        }
        const head = cut(rest, 0, count);
        if (!first) head.dataset.join = '1';
        if (count < length) { head.style.textAlignLast = 'justify'; head.style.marginBottom = '0'; }
        put(head);
        poured += count;
        newest = head;
        rest = count < length ? cut(rest, count, length) : null;
        if (rest) {
          rest.dataset.join = '1';
          rest.style.textIndent = '0';
          rest.style.marginTop = '0';
          rest.style.paddingTop = '0';
          rest.style.borderTop = 'none';
          whole = false;
        }
        first = false;
        if (rest) at += 1;
      }
      if (rest) break;
      pending = [];
      whole = true;
    }
    if (!whole && newest) shorten(newest);
    return poured;
  }
  function shorten(piece) {
    // The last piece of a text that did not go in is made to end at a pause, with a full stop.
    const text = piece.textContent, last = [...text.matchAll(PAUSE)].pop();
    piece.style.textAlignLast = '';
    if (!last) return;
    const made = cut(piece, 0, last.index + last[0].length), walker = document.createTreeWalker(made, NodeFilter.SHOW_TEXT);
    let end = null;
    while (walker.nextNode()) end = walker.currentNode;
    end.data = end.data.replace(/[，；：]([”』」）]*)$/, '。$1');
    piece.replaceWith(made);
  }
  const area = (node) => node.clientWidth * node.clientHeight;
  const large = (node) => node.scrollHeight > node.clientHeight + 2 || node.scrollWidth > node.clientWidth + 2;
  document.querySelectorAll('[data-root]').forEach((root) => {
    const boxes = [...root.querySelectorAll(`.box[data-chain="${root.dataset.root}"]`)];
    const room = () => boxes.reduce((sum, b) => sum + area(b), 0) / area(root);
    const extras = [...root.querySelectorAll(':scope > .extra')];
    while (extras.length && (large(root) || room() < LEAST_TEXT)) extras.pop().remove();
  });
  document.querySelectorAll('.src').forEach((source) => {
    const poured = pour(source);
    if (poured < 12) document.querySelectorAll(`[data-root="${source.dataset.chain}"]`).forEach((n) => n.replaceChildren());
  });
  const bottom = (node) => node.getBoundingClientRect().bottom;
  document.querySelectorAll('.fit, .cell').forEach((cell) => {
    while (large(cell)) {
      const extra = [...cell.querySelectorAll('.opt')].sort((a, b) => bottom(a) - bottom(b)).pop();
      if (extra) extra.remove(); else { cell.replaceChildren(); break; }
    }
  });
})();
