"""Works out delivery rounds for the branches of a dairy."""

from branches import branches
from planner import Planner

if __name__ == "__main__":
    planner = Planner()
    for branch, stops in branches(10):
        planner.start(branch, stops)
    print(sorted(planner.rounds().items())[:2])
