"""The keys of the page's view that decide nothing: to go about, to look, to step back and forth."""

from __future__ import annotations

from typing import Final

from banmian.decisions.action import DeskKey, Subject
from layout.declaration import Words

_GO, _TEXT, _MAKE_UP, _SCAN = Subject.GO, Subject.TEXT, Subject.MAKE_UP, Subject.SCAN

LOOKING: Final = (
    DeskKey("next", "j ArrowDown", Words("next suspect", "下一处疑点"), _GO, 10, "j ↓"),
    DeskKey("previous", "k ArrowUp", Words("previous suspect", "上一处疑点"), _GO, 11, "k ↑"),
    DeskKey("move", "ArrowLeft ArrowRight", Words("move along the text", "光标左右移动"), _GO, 12, "← →"),
    DeskKey("article", "] [", Words("next, previous article", "下一篇／上一篇"), _GO, 13),
    DeskKey("page", "N P", Words("next, previous page", "下一版／上一版"), _GO, 14),
    DeskKey("batch", "g", Words("back to all pages", "回到全部版面"), _GO, 15),
    DeskKey("find", "/", Words("find and edit", "查找并改"), _GO, 16),
    DeskKey("replace", "F", Words("find and replace: page, issue, batch", "查找替换（本版、本期、全部）"), _GO, 17),
    DeskKey("glyphs", "G", Words("all glyphs of this character", "纵校：此字的全部字形"), _GO, 18),
    DeskKey("help", "?", Words("this list", "按键表"), _GO, 19),
    DeskKey("undo", "u", Words("undo", "撤销"), _TEXT, 30),
    DeskKey("redo", "U", Words("redo", "重做"), _TEXT, 31),
    DeskKey("changes", "c", Words("all changes of the article", "本篇全部修改"), _TEXT, 51),
    DeskKey("structure", "t", Words("make-up", "结构调整"), _MAKE_UP, 10),
    DeskKey("mark", "y", Words("mark the line, or not", "选中／不选这一行"), _MAKE_UP, 11),
    DeskKey("mark_box", "Y", Words("mark all lines within a box", "画框选中其中各行"), _MAKE_UP, 12),
    DeskKey("unmark", "Escape", Words("take all marks off", "取消选中的行"), _MAKE_UP, 13, "Esc"),
    DeskKey("reread", "R", Words("read this line with another engine", "换引擎重读此行"), _SCAN, 20),
    DeskKey("zoom", "z", Words("zoom to the line, to the page", "放大到这一行／全版"), _SCAN, 30),
    DeskKey("overlay", "o", Words("show, hide blocks", "显示／隐藏区块"), _SCAN, 31),
    DeskKey("upright", "v", Words("vertical articles: standing, lying", "竖排文章：竖显／横显"), _SCAN, 32),
)
