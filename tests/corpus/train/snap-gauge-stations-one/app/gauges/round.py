from itertools import islice
from statistics import fmean

FLOOD = 3.88


async def night(network, reader, every):
    """Asks every so-many-th gauge; the others are asked by the other centres."""
    floods, means = [], []
    for gauge, zero in islice(network.gauges(), 0, None, every):
        levels = await reader.levels(gauge)
        means.append(zero + fmean(levels))
        if max(levels) > FLOOD:
            floods.append((gauge, len(network.course(gauge))))
    return f"{len(means)} gauges, mean {fmean(means):.2f} m, {len(floods)} floods"
