"""What is done to records on their way; every function takes an iterator and gives one."""

from itertools import groupby, tee


def means(stream):
    """The mean of the samples of each record."""
    for record in stream:
        yield sum(record.samples) / len(record.samples)


def centred(stream):
    listening, passing = tee(stream)
    for offset, record in zip(means(listening), passing, strict=True):
        yield record.station, record.hour, [sample - offset for sample in record.samples]


def loudest(stream):
    """The highest swing of each hour, and how many others of that hour come near it."""
    for hour, group in groupby(stream, key=lambda entry: entry[1]):
        hour_long = list(group)
        swings = [max(samples) - min(samples) for _, _, samples in hour_long]
        yield hour, max(swings), sum(swing > 0.9 * max(swings) for swing in swings)
