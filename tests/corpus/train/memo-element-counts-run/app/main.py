"""How many formulas explain the strongest peaks of each sample of a run?"""

from formulas import explain
from spectra import read_run

RUN = read_run(samples=90)


def report(run):
    ambiguous = 0
    for spectrum in run:
        found = explain(spectrum.strongest(9), spectrum.limits)
        ambiguous += sum(count > 40 for count in found.values())
    return ambiguous


if __name__ == "__main__":
    print(report(RUN))
