import time


def requests(count):
    """Robots of search engines: they never send a cookie back."""
    for number in range(count):
        time.sleep(0.0008)
        yield {"path": f"/threads/{number * 7 % 1_000}", "cookie": None, "agent": "crawler/2.1"}
