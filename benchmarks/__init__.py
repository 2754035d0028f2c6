"""Speed and memory against the named peers, as ratios from one run."""
