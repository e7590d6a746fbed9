"""Two small pages for the golden results, drawn once and kept as files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

_REGULAR = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc"
_BOLD = "/usr/share/fonts/opentype/noto/NotoSerifCJK-Bold.ttc"
_SIMPLIFIED, _TRADITIONAL = 2, 3
EM = 32
"""Body type in pixels: nine points at some 250 dpi."""

_NEWS = (
    "　　清早六点，渡口的灯还亮着，船工老孟已经把缆绳理了三遍。今年的水位比去年低了0.6米，原来的跳板够不着岸，"
    "他和两个徒弟用旧船板接出一段新的，长12.5米。\n"
    "　　“人多的时候，一块板要走四百人。”老孟说，接缝下面垫了橡胶，雨天也不滑。到上午十点，第一批去镇上赶集的人"
    "过了河，有人挑着菜，有人推着自行车，谁也没有注意脚下的木板换过了。\n"
    "　　镇里的渡运站说，全县还有九处这样的渡口，秋天以前都要查一遍。\n"
)
_BRIEF = (
    "　　县图书馆的流动书车昨天开到了青石村。车上有两千册书，借书不收押金，还书可以等下一趟车来。"
    "村小学的孩子们最先围上来，借走的多是讲星星和恐龙的。\n"
)
_OLD = (
    "　　本埠碼頭工人昨日復工，停泊港內之輪船十七艘，均已開始起卸。據工會代表稱，資方允將夜班工資加給二成，"
    "並設茶水處三所。\n"
    "　　又訊，北街米市連日平穩，上等白米每石八元四角，較上週略跌。各米行以新穀將到，多不願存貨。\n"
)


def main(folder: Path) -> None:
    """Draws both pages into the folder."""
    _morning().save(folder / "morning.png", dpi=(250, 250), optimize=True)
    _harbour().save(folder / "harbour.png", dpi=(250, 250), optimize=True)


def _face(path: str, size: int, script: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, index=script)


def _lines(text: str, measure: int) -> list[str]:
    """The text in lines of so many glyphs; no line begins with a mark that may not."""
    out: list[str] = []
    for paragraph in text.splitlines():
        rest = paragraph
        while rest:
            end = measure + 1 if rest[measure : measure + 1] in set("，。、；：”") else measure
            out.append(rest[:end])
            rest = rest[end:]
    return out


def _set(pen: ImageDraw.ImageDraw, lines: list[str], at: tuple[int, int], *, down: bool = False) -> None:
    """Sets the lines in body type from `at` on: rows downwards, or columns leftwards."""
    face = _face(_REGULAR, EM, _TRADITIONAL if down else _SIMPLIFIED)
    pitch = round(1.5 * EM)
    for n, line in enumerate(lines):
        for k, char in enumerate(line):
            place = (at[0] - n * pitch, at[1] + k * EM) if down else (at[0] + k * EM, at[1] + n * pitch)
            pen.text(place, char, font=face, fill=30)


def _headline(pen: ImageDraw.ImageDraw, text: str, at: tuple[int, int], size: int, fill: int = 20) -> None:
    pen.text(at, text, font=_face(_BOLD, size, _SIMPLIFIED), fill=fill)


def _paper(width: int, height: int) -> Image.Image:
    return Image.new("L", (width, height), 238)


def _scanned(image: Image.Image) -> Image.Image:
    """A little soft, in sixteen shades so that the file stays small."""
    soft = np.asarray(image.filter(ImageFilter.GaussianBlur(0.7)))
    return Image.fromarray((soft // 16 * 16 + 8).astype(np.uint8))


def _morning() -> Image.Image:
    """Two columns of horizontal type under a headline, a picture with a caption, a reversed headline in a frame."""
    image = _paper(1180, 1240)
    pen = ImageDraw.Draw(image)
    _set(pen, ["2031年4月9日　星期三　第3版　乡镇"], (60, 40))
    pen.line((60, 96, 1120, 96), fill=30, width=4)
    _headline(pen, "旧船板接出一段新渡口", (70, 130), 92)
    _set(pen, ["本报记者　孟小河　通讯员　石青"], (320, 260))
    lines = _lines(_NEWS, 15)
    half = (len(lines) + 1) // 2
    _set(pen, lines[:half], (60, 330))
    _set(pen, lines[half:], (620, 330))
    foot = 330 + half * 48 + 30
    pen.line((60, foot, 1120, foot), fill=30, width=3)
    shade = np.add.outer(np.linspace(30, 160, 250), 40 * np.sin(np.linspace(0, 9, 430)))
    image.paste(Image.fromarray(np.clip(shade, 0, 255).astype(np.uint8)), (60, foot + 40))
    _set(pen, ["图为青石村的流动书车。"], (90, foot + 305))
    pen.rectangle((540, foot + 36, 1120, foot + 400), outline=30, width=3)
    pen.rectangle((560, foot + 56, 1100, foot + 126), fill=40)
    _headline(pen, "书车开进青石村", (600, foot + 58), 52, 238)
    _set(pen, _lines(_BRIEF, 16), (572, foot + 145))
    return _scanned(image)


def _harbour() -> Image.Image:
    """Columns of vertical type, traditional, read from right to left, beside a vertical headline."""
    image = _paper(960, 760)
    pen = ImageDraw.Draw(image)
    for k, char in enumerate("碼頭復工"):
        pen.text((830, 70 + k * 84), char, font=_face(_BOLD, 76, _TRADITIONAL), fill=20)
    _set(pen, _lines(_OLD, 19), (750, 60), down=True)
    return _scanned(image)


if __name__ == "__main__":
    main(Path(__file__).resolve().parent / "pages")
