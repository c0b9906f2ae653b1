#!/usr/bin/env python3
"""Makes SeodangSans.otf, the font embedded for pictures, out of Pretendard Regular.

    python3 -m venv venv && venv/bin/pip install fonttools==4.60.1 && venv/bin/python make_font.py

Source: the npm package pretendard 1.3.9 (Pretendard by Kil Hyung-jin, made from Inter and Source
Han Sans; SIL Open Font License 1.1, see OFL.txt). Kept: Latin, Greek, the punctuation, arrows and
mathematical signs that charts need, Korean letters and KS X 1001's 2,350 syllables; kerning, no
hints and no other OpenType features. "Pretendard" is a Reserved Font Name, so this modified version
carries another one.
"""

import hashlib
import io
import pathlib
import tarfile
import urllib.request

import fontTools
from fontTools import subset
from fontTools.ttLib import TTFont

FONTTOOLS = "4.60.1"
PACKAGE = "https://registry.npmjs.org/pretendard/-/pretendard-1.3.9.tgz"
MEMBER = "package/dist/public/static/Pretendard-Regular.otf"
SHA256 = "3ffbacde6ab8411f1d2db54bb9b1f0b3ee2a738932033722cf0388c06aed1c93"
FAMILY = "Seodang Sans"


def characters():
    """The code points to keep."""
    keep = set(range(0x20, 0x7F)) | set(range(0xA0, 0x180))  # Latin
    keep |= set(range(0x391, 0x3CA))  # Greek: the letters of formulas
    keep |= {ord(c) for c in "–—‘’“”†•…‰′″‹›€™←↑→↓↔⇒∂∆∏∑−√∞∫≈≠≤≥■□▲△▶▼◆○●◯✓×÷·※₩₀₁₂₃₄₅₆₇₈₉⁰⁴⁵⁶⁷⁸⁹⁻"}
    keep |= set(range(0x3131, 0x3164))  # ㄱ to ㅣ, the letters on their own
    keep |= {ord(c) for c in "、。「」『』"}
    # KS X 1001 keeps its syllables in rows 16 to 40 (EUC-KR 0xB0A1 to 0xC8FE).
    for row in range(0xB0, 0xC9):
        for cell in range(0xA1, 0xFF):
            keep.add(ord(bytes([row, cell]).decode("euc-kr")))
    return keep


def rename(font):
    """Gives the font its own name, with none of the reserved ones in the names that applications show."""
    postscript = FAMILY.replace(" ", "") + "-Regular"
    names = {
        1: FAMILY,
        2: "Regular",
        3: postscript,
        4: FAMILY,
        6: postscript,
    }
    table = font["name"]
    kept = [(r.nameID, str(r)) for r in table.names if r.nameID in (0, 13, 14) and r.platformID == 3]
    table.names = []
    for name_id, value in list(names.items()) + kept:
        table.setName(value, name_id, 3, 1, 0x409)
    top = font["CFF "].cff
    top.fontNames = [postscript]
    for key, value in (("FullName", FAMILY), ("FamilyName", FAMILY)):
        setattr(top.topDictIndex[0], key, value)


def main():
    assert fontTools.version == FONTTOOLS, f"needs fonttools {FONTTOOLS}, found {fontTools.version}"
    data = urllib.request.urlopen(PACKAGE).read()
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        source = archive.extractfile(MEMBER).read()
    found = hashlib.sha256(source).hexdigest()
    assert found == SHA256, f"{MEMBER} is {found}, expected {SHA256}"

    font = TTFont(io.BytesIO(source), recalcTimestamp=False)
    options = subset.Options(
        hinting=False,
        desubroutinize=False,
        layout_features=["kern"],
        name_IDs=[0, 1, 2, 3, 4, 6, 13, 14],
        drop_tables=subset.Options().drop_tables + ["vhea", "vmtx", "VORG", "BASE", "GDEF", "DSIG"],
        notdef_outline=True,
    )
    worker = subset.Subsetter(options)
    wanted = characters()
    missing = sorted(wanted - set(font.getBestCmap()))
    print("not in the source:", "".join(map(chr, missing)))
    worker.populate(unicodes=wanted)
    worker.subset(font)
    rename(font)
    out = pathlib.Path(__file__).with_name("SeodangSans.otf")
    font.save(out)
    print(f"{out.name}: {out.stat().st_size} bytes, {len(font.getGlyphOrder())} glyphs")


if __name__ == "__main__":
    main()
