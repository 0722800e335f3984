"""Renews sitegen/search/readings.py, how Chinese characters are read, from the package `pypinyin` (MIT).

Run it (`make pinyin`) when a newer version should be taken over; nothing else needs the package, so it is installed
into a folder of its own and not into the project's environment.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

PACKAGE = "pypinyin==0.55.0"
TARGET = Path("sitegen/search/readings.py")
WIDTH = 34
PROGRAM = """
from pypinyin import Style, pinyin

def encoded(char, coding):
    try:
        return char.encode(coding)
    except UnicodeEncodeError:
        return b""

readings = {}
for code in range(0x4E00, 0xA000):
    char = chr(code)
    # All of GB 2312, and the frequent half of Big5, so that traditional characters are read too.
    if encoded(char, "gb2312") or b"" < encoded(char, "big5") < bytes((0xC9, 0)):
        for reading in pinyin(char, style=Style.NORMAL, heteronym=True)[0][:3]:
            if reading.isascii() and reading.isalpha():
                readings.setdefault(reading, []).append(char)
for reading in sorted(readings):
    print(reading, "".join(readings[reading]))
"""
HEAD = '''"""How characters are read (读音): the characters of each syllable, without tones, at most three each.

Written by tools/pinyin.py (`make pinyin`) from the package pypinyin (MIT); not edited by hand.
"""

from collections.abc import Mapping

READINGS: Mapping[str, str] = {
'''


def lines() -> list[str]:
    """`syllable characters`, sorted, as the package has them."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
        python = Path(folder, "bin", "python")
        subprocess.run([python, "-m", "pip", "install", "--quiet", PACKAGE], check=True)
        done = subprocess.run([python, "-c", PROGRAM], check=True, capture_output=True, encoding="utf-8")
    return done.stdout.splitlines()


def text(found: list[str]) -> str:
    """The whole module."""
    return HEAD + "".join(_entry(*line.split(" ")) for line in found) + "}\n"


def _entry(syllable: str, characters: str) -> str:
    if len(characters) <= WIDTH:
        return f'    "{syllable}": "{characters}",\n'
    parts = [characters[n : n + WIDTH] for n in range(0, len(characters), WIDTH)]
    rows = "".join(f'        "{part}"\n' for part in parts)
    return f'    "{syllable}": (\n{rows}    ),\n'


def main() -> int:
    TARGET.write_text(text(lines()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
