"""Run one benchmark by name, with its arguments, or all of them in turn; each in a process of its own.

python -m benchmarks                all
python -m benchmarks startup        one
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def names() -> list[str]:
    """The benchmarks: modules with a `main`."""
    return sorted(p.stem for p in HERE.glob("[a-z]*.py") if "\ndef main(" in p.read_text(encoding="utf-8"))


def main() -> int:
    """0 where all ran and none missed a figure that it checks."""
    chosen, arguments = names(), sys.argv[2:]
    if sys.argv[1:]:
        if sys.argv[1] not in chosen:
            print(f"there is no benchmark {sys.argv[1]}; there are: {', '.join(chosen)}", file=sys.stderr)
            return 2
        chosen = [sys.argv[1]]
    failed = []
    for name in chosen:
        print(f"--- {name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"benchmarks.{name}", *arguments], cwd=HERE.parent, check=False).returncode:
            failed.append(name)
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
