"""Measures the cases of this folder and prints a table in Markdown.

    python -m benchmarks [MODULE ...] [--runs N]

Work and floor take turns, each in a process of its own, in the same run on the same machine; the medians of their CPU
time are compared. Memory is what the process grew by at its largest. Exit status 1 when a limit is passed.
"""

import argparse
import json
import pkgutil
import resource
import subprocess
import sys
import tempfile
from importlib import import_module
from pathlib import Path
from statistics import median

from benchmarks.case import Case

FOLDER = Path(__file__).parent
_NO_CASES = ("__main__", "care_decade", "case", "decade", "large_branch", "ten_years")
_KIB = 1024


def modules() -> list[str]:
    """The modules of this folder that list cases."""
    return [found.name for found in pkgutil.iter_modules([str(FOLDER)]) if found.name not in _NO_CASES]


def cases(module: str) -> tuple[Case, ...]:
    """The cases of a module of this folder."""
    listed: tuple[Case, ...] = import_module(f"benchmarks.{module}").CASES
    return listed


def measure_here(module: str, number: int, side: str) -> None:
    """Does one piece of work in this process and prints its CPU time (with that of its children) and its memory."""
    case = cases(module)[number]
    act = {"ours": case.ours, "floor": case.floor, "apart": case.apart}[side]
    assert act is not None
    with tempfile.TemporaryDirectory() as folder:
        work = case.prepare(Path(folder))
        before, held = _cpu(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        act(work)
        cpu, peak = _cpu() - before, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"cpu": cpu, "memory": (peak - held) / _KIB}))


def _cpu() -> float:
    used = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(each.ru_utime + each.ru_stime for each in used)


def measure(module: str, number: int, side: str) -> dict[str, float]:
    """The same in a fresh process."""
    command = [sys.executable, "-m", "benchmarks", "--measure", module, str(number), side]
    done = subprocess.run(command, cwd=FOLDER.parent, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def row(module: str, number: int, runs: int) -> tuple[str, bool]:
    """A line of the table, and whether the case keeps its limit."""
    case = cases(module)[number]
    sides = ("floor", "ours", *(("apart",) if case.apart is not None else ()))
    found: dict[str, list[dict[str, float]]] = {side: [] for side in sides}
    for _ in range(runs):
        for side, results in found.items():
            results.append(measure(module, number, side))
    cpu = {side: median(result["cpu"] for result in results) for side, results in found.items()}
    memory = {side: median(result["memory"] for result in results) for side, results in found.items()}
    cpu["ours"] -= cpu.get("apart", 0)
    ratio = cpu["ours"] / (cpu["floor"] * case.times)
    kept = (case.limit is None or ratio <= case.limit) and (case.most is None or cpu["ours"] <= case.most)
    limits = [f"{case.limit:g}"] if case.limit is not None else []
    limit = ", ".join([*limits, *([f"{case.most:g} s"] if case.most is not None else [])]) or "–"
    cells = [
        case.title, case.floor_title, f"{cpu['floor'] * case.times:.2f}", f"{cpu['ours']:.2f}",
        f"**{ratio:.2f}**" if kept else f"**{ratio:.2f} !**", limit, f"{memory['floor']:.0f}", f"{memory['ours']:.0f}",
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |", kept


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__.splitlines()[0])
    parser.add_argument("modules", nargs="*", metavar="MODULE", help=f"of {', '.join(modules())}; all without")
    parser.add_argument("--runs", type=int, default=5, help="how often each is measured (5)")
    parser.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.measure:
        measure_here(options.measure[0], int(options.measure[1]), options.measure[2])
        return 0
    print("| work | floor | floor, CPU s | ours, CPU s | ratio | limit | floor, MB more | ours, MB more |")
    print("|---|---|---|---|---|---|---|---|")
    all_kept = True
    for module in options.modules or modules():
        for number in range(len(cases(module))):
            line, kept = row(module, number, options.runs)
            print(line, flush=True)
            all_kept &= kept
    return 0 if all_kept else 1


if __name__ == "__main__":
    sys.exit(main())
