"""`python -m bench.pictures NAME` draws `bench.pictures.NAME` into docs/engine/NAME.svg."""

import importlib
import pathlib
import sys

import vl_convert

from makegood.documents.charts import fonts

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "docs" / "engine"


def main() -> int:
    """Exit status: 0 when drawn, 2 for a wrong call."""
    if len(sys.argv) != 2:
        print("usage: python -m bench.pictures NAME", file=sys.stderr)
        return 2
    vl_convert.register_font_directory(str(fonts.folder()))
    chart = importlib.import_module(f"bench.pictures.{sys.argv[1]}").draw()
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{sys.argv[1]}.svg").write_text(vl_convert.vegalite_to_svg(chart.to_dict()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
