import itertools
import time


def requests():
    """Robots of search engines: they never send a cookie back."""
    for number in itertools.count():
        time.sleep(0.0008)
        yield {"path": f"/threads/{number * 7 % 1_000}", "cookie": None, "agent": "crawler/2.1"}
