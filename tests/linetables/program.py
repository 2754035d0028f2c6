"""What the line tables here are of: branches, loops, handlers, calls over many lines, and a long gap."""


def branches(values):
    found = []
    for value in values:
        if value > 2:
            found.append(value)
        elif value < 0:
            continue
        else:
            found.extend(
                number
                for number in range(value)
                if number % 2
            )
    return found


def handlers(path):
    try:
        with open(path) as file:
            return dict(
                name=file.name,
                size=len(
                    file.read()
                ),
            )
    except OSError as error:
        raise ValueError(
            path,
            error,
        ) from error
    finally:
        path = None


async def waits(queue):
    while True:
        item = await queue.get()
        if item is None: return [x async for x in queue]


GAP = """
""" + """






























































































































































"""


class Holder:
    limit = 3

    def method(self, *arguments, **options): return lambda: (arguments,
                                                              options)
