from collections import Counter
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from itertools import islice

from minerals.library import Library
from minerals.spectrum import BANDS, measure

WORKERS = 4


def survey(address, depths):
    """How often each mineral is found."""
    library = Library(BANDS)
    found = Counter()
    coming = iter(depths)
    with ThreadPoolExecutor(WORKERS, "measure") as pool:
        sent = {pool.submit(measure, address, depth): depth for depth in islice(coming, 2 * WORKERS)}
        while sent:
            for done in wait(sent, return_when=FIRST_COMPLETED).done:
                assert done.result().depth == sent.pop(done)
                found[library.name(done.result().reflectance)] += 1
                for depth in islice(coming, 1):
                    sent[pool.submit(measure, address, depth)] = depth
    return found
