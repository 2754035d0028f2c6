from collections import Counter
from concurrent.futures import ThreadPoolExecutor, as_completed

from minerals.library import Library
from minerals.spectrum import BANDS, measure

WORKERS = 4


def survey(address, depths):
    """How often each mineral is found."""
    library = Library(BANDS)
    found = Counter()
    with ThreadPoolExecutor(WORKERS, "measure") as pool:
        sent = {pool.submit(measure, address, depth): depth for depth in depths}
        for done in as_completed(sent):
            spectrum = done.result()
            assert spectrum.depth == sent[done]
            found[library.name(spectrum.reflectance)] += 1
    return found
