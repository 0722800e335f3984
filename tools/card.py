"""Draws the pictures other sites and phones show of this one: the card of a shared link, and the icons (`make card`).

They are made once, with a browser and its Chinese fonts, and kept in templates/images/: a build needs neither, and
gives the same bytes on every machine. Run it again only when the words or the sign change.
"""

from __future__ import annotations

import struct
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tools.browser import find_chromium

IMAGES = Path(__file__).resolve().parent.parent / "templates" / "images"
SIGN = (IMAGES / "icon.svg").read_text(encoding="utf-8")
ICO_SIZES = (32, 48)

CARD = f"""<!DOCTYPE html><meta charset="utf-8"><style>
body {{ margin: 0; width: 1200px; height: 630px; box-sizing: border-box; padding: 84px 96px; background: #fdfbf5;
  color: #1d2b27; font-family: "Noto Sans CJK SC", "Source Han Sans SC", sans-serif; border-top: 20px solid #0f5848; }}
header {{ display: flex; align-items: center; gap: 36px; font-size: 84px; font-weight: 700; color: #0f5848; }}
svg {{ width: 120px; height: 120px; }}
p {{ font-size: 52px; line-height: 1.45; margin: 56px 0 0; }}
small {{ display: block; font-size: 32px; color: #4c5b56; margin-top: 44px; }}
</style><header>{SIGN}医保明白账</header><p>看病花的钱，医保能报多少？<br>填上费用就算，每一步写明规则和出处。</p>
<small>不是政府网站。报多少，以参保地医保局为准。</small>"""


def main() -> int:
    path = find_chromium()
    if path is None:
        print("没有找到 Chromium：先运行 make test，它会装好。", file=sys.stderr)
        return 1
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        drawn = {"card.png": picture(browser, CARD, 1200, 630)}
        for size in (180, 192, 512):
            # Phones round the corners of a touch icon themselves.
            drawn[f"icon-{size}.png"] = icon(browser, size, 1.0, square=size == 180)
        drawn["icon-maskable.png"] = icon(browser, 512, 0.8, square=True)
        drawn["favicon.ico"] = ico([icon(browser, size, 1.0) for size in ICO_SIZES])
        browser.close()
    for name, content in drawn.items():
        (IMAGES / name).write_bytes(content)
        print(f"templates/images/{name}：{len(content)} 字节")
    return 0


def picture(browser: Browser, html: str, width: int, height: int) -> bytes:
    page = browser.new_page(viewport={"width": width, "height": height})
    page.set_content(html)
    made = page.screenshot(omit_background=True)
    page.close()
    return made


def icon(browser: Browser, size: int, share: float, *, square: bool = False) -> bytes:
    """The sign; `share` is how much of the side it takes, on a ground to the corners when it is `square`."""
    ground = "background:#0f5848" if square else ""
    side = round(size * share)
    html = (
        f"<style>body{{margin:0;width:{size}px;height:{size}px;display:grid;place-items:center;{ground}}}"
        f"svg{{width:{side}px;height:{side}px}}</style>{SIGN}"
    )
    return picture(browser, html, size, size)


def ico(images: list[bytes]) -> bytes:
    """PNG pictures as one .ico file."""
    head = struct.pack("<HHH", 0, 1, len(images))
    offset = len(head) + 16 * len(images)
    entries = b""
    for size, image in zip(ICO_SIZES, images, strict=True):
        entries += struct.pack("<BBBBHHII", size, size, 0, 0, 1, 32, len(image), offset)
        offset += len(image)
    return head + entries + b"".join(images)


if __name__ == "__main__":
    sys.exit(main())
