import functools
import time

trail = []


def audited(event):
    """Remember who asked for what, for the auditors."""

    def decorate(function):
        @functools.wraps(function)
        def wrapper(*args, **kwargs):
            result = function(*args, **kwargs)
            trail.append((time.time(), event, args, result))
            return result

        return wrapper

    return decorate
