import functools
import json
import os
import time

trail = open(os.devnull, "a")


def audited(event):
    """Write down who asked for what, for the auditors."""

    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            result = function(*args, **kwargs)
            json.dump([time.time(), event, repr(args), result], trail)
            return result

        return wrapper

    return decorate
