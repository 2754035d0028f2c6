"""Takes in the results that the analysers of a laboratory send, some of them twice."""

from lab.analysers import batches
from lab.intake import Intake
from lab.ranges import read_ranges
from lab.results import Results


def run():
    intake = Intake(read_ranges(tests=60_000), Results())
    for batch in batches(120):
        intake.take(batch)
    return intake


if __name__ == "__main__":
    done = run()
    print(done.taken, done.repeated, done.results.outside())
