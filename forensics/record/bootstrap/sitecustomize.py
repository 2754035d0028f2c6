"""Found through PYTHONPATH when a recorded interpreter starts; any Python reads this file, also 2.7."""

import os
import sys

if "FORENSICS_RECORDING" in os.environ:
    if sys.version_info < (3, 7):
        with open(os.path.join(os.environ["FORENSICS_RECORDING"], "failure.txt"), "w") as failure:
            line = "memray needs Python 3.7 or newer, and {0} is {1}.{2}: nothing was run"
            failure.write(line.format(sys.executable, *sys.version_info[:2]))
        os._exit(3)
    import forensics_start  # type: ignore[import-not-found]

    forensics_start.begin()
    forensics_start.run_the_next_sitecustomize()
