"""Files that the pages and the certificate are made with, built once from the packages of the lock into `assets/`.

htmx without its source map's address; Source Serif 4 in two weights, cut down to what English and Spanish need for the
pages, whole Latin for the certificate; and every catalogue compiled. Run by set-up and by the build of the wheel.
"""

import shutil
import sys
import tempfile
from pathlib import Path

from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont

from upstander.jobs.catalogues import compile_catalogues

ASSETS = Path(__file__).resolve().parent.parent / "assets"
WEIGHTS = (400, 600)
#: Letters of English, Spanish and their neighbours, and the punctuation of our texts.
PAGE_CHARACTERS = [
    *range(0x20, 0x7F), 0xA0, 0xA1, 0xA7, 0xA9, 0xAA, 0xAB, 0xB0, 0xB7, 0xBA, 0xBB, 0xBF, *range(0xC0, 0x100),
    0x2013, 0x2014, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2026,
]  # fmt: skip
#: The certificate prints a person's name: every Latin letter that the family has.
PRINT_PARTS = ("latin", "latin-ext", "vietnamese")


def build(packages: Path) -> None:
    """Fills `assets/` anew from a `node_modules` folder; the old files go only when the new ones stand."""
    with tempfile.TemporaryDirectory(dir=ASSETS.parent, prefix="assets-") as made:
        fresh = Path(made)
        _script(packages / "htmx.org" / "dist" / "htmx.min.js", fresh / "htmx.min.js")
        family = packages / "@fontsource" / "source-serif-4"
        for weight in WEIGHTS:
            _page_font(family, weight, fresh / "fonts" / f"source-serif-4-{weight}.woff2")
            _print_font(family, weight, fresh / "print" / f"source-serif-4-{weight}.ttf")
        shutil.copy(family / "LICENSE", fresh / "fonts" / "source-serif-4-license.txt")
        shutil.copy(packages / "htmx.org" / "LICENSE", fresh / "htmx-license.txt")
        shutil.rmtree(ASSETS, ignore_errors=True)
        shutil.copytree(fresh, ASSETS)
    compile_catalogues()


def _script(source: Path, target: Path) -> None:
    lines = source.read_text(encoding="utf-8").splitlines()
    target.write_text("\n".join(line for line in lines if "sourceMappingURL" not in line) + "\n", encoding="utf-8")


def _part(family: Path, part: str, weight: int) -> Path:
    return family / "files" / f"source-serif-4-{part}-{weight}-normal.woff2"


def _page_font(family: Path, weight: int, target: Path) -> None:
    options = subset.Options(flavor="woff2", hinting=False, layout_features=["kern"])
    font = TTFont(_part(family, "latin", weight))
    cut = subset.Subsetter(options)
    cut.populate(unicodes=PAGE_CHARACTERS)
    cut.subset(font)
    target.parent.mkdir(exist_ok=True)
    font.flavor = "woff2"
    font.save(target)


def _print_font(family: Path, weight: int, target: Path) -> None:
    """One font of the family's Latin parts, without the layout tables that differ from part to part."""
    target.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        plain = []
        for part in PRINT_PARTS:
            font = TTFont(_part(family, part, weight))
            font.flavor = None
            for table in ("BASE", "GSUB", "GPOS", "GDEF", "STAT", "prep", "gasp"):
                if table in font and (table != "GPOS" or part != PRINT_PARTS[0]):
                    del font[table]
            plain.append(Path(folder) / f"{part}.ttf")
            font.save(plain[-1])
        Merger().merge([str(path) for path in plain]).save(target)


if __name__ == "__main__":
    build(Path(sys.argv[1]))
