"""What is done to records on their way; every function takes an iterator and gives one."""

from itertools import groupby, tee


def level(stream):
    """The mean of all samples, to be taken off each."""
    total = count = 0
    for record in stream:
        total += sum(record.samples)
        count += len(record.samples)
    return total / count


def centred(stream):
    listening, passing = tee(stream)
    offset = level(listening)
    for record in passing:
        yield record.station, record.hour, [sample - offset for sample in record.samples]


def loudest(stream):
    """The highest swing of each hour, whatever station saw it."""
    for hour, group in groupby(stream, key=lambda entry: entry[1]):
        yield hour, max(max(samples) - min(samples) for _, _, samples in group)
