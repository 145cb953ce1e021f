"""Makes trace/gs1/identifiers.tsv from GS1's Barcode Syntax Dictionary; how to run it is in trace/gs1/NOTICE.md."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

TARGET = Path("trace/gs1/identifiers.tsv")
HEAD = "# first\tlast\tpredefined length\tDigital Link attribute\tcomponents\tneeds\texcludes\tDigital Link paths\n"
# Which digits of a key are the company's own prefix only GS1 knows; nobody can check it from a list of ours.
UNCHECKABLE = {"gcppos1", "gcppos2"}


def rows(dictionary: str) -> Iterator[str]:
    """One line for each entry: what it says, without its title, and in columns."""
    for line in dictionary.splitlines():
        said = line.split("#")[0].split()
        if not said:
            continue
        first, _, last = said.pop(0).partition("-")
        flags = said.pop(0) if re.fullmatch(r"[*?]+", said[0]) else ""
        components = [_component(word) for word in said if re.match(r"\[?[NXYZ][.\d]", word)]
        told = [word.partition("=") for word in said if re.match(r"(req|ex|dlpkey)\b", word)]
        if len(components) + len(told) != len(said):
            raise SystemExit(f"This entry is written in a way that is not known here: {line}")
        yield "\t".join(
            [
                first,
                last or first,
                "*" if "*" in flags else "",
                "?" if "?" in flags else "",
                " ".join(components),
                " ".join(value for key, _, value in told if key == "req"),
                " ".join(value for key, _, value in told if key == "ex"),
                next((value or "-" for key, _, value in told if key == "dlpkey"), ""),
            ]
        )


def _component(word: str) -> str:
    written, *linters = word.split(",")
    return ",".join([written, *(linter for linter in linters if linter not in UNCHECKABLE)])


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit("Say where gs1-syntax-dictionary.txt is: python -m scripts.make_identifiers FILE")
    made = list(rows(Path(sys.argv[1]).read_text("utf-8")))
    TARGET.write_text(HEAD + "".join(f"{row}\n" for row in made), "utf-8")
    print(f"{TARGET}: {len(made)} entries")
