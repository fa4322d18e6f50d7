"""bin/bench NAME [OPTION…]"""

import importlib
import sys

NAMES = {
    "admin_form": "bench.admin_form",
    "admin_lists": "bench.admin_lists",
    "allocation": "bench.allocation",
    "browse": "bench.browse",
    "desk": "bench.desk",
    "enumeration": "bench.enumeration",
    "import": "bench.imports",
    "pages": "bench.pages",
    "queue": "bench.queue",
    "ratings": "bench.ratings",
    "reviews": "bench.reviews",
    "rounds": "bench.rounds",
    "search": "bench.search",
    "shop": "bench.shop",
    "similar": "bench.similar",
}


def main(name="", *arguments):
    if name not in NAMES:
        sys.exit(f"bin/bench NAME, which is one of: {', '.join(NAMES)}")
    importlib.import_module(NAMES[name]).main(arguments)


if __name__ == "__main__":
    main(*sys.argv[1:])
