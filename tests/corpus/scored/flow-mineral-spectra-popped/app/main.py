"""Names the minerals of a drill core from spectra that an instrument sends over its socket."""

from minerals.core import survey
from minerals.instrument import measuring


def main(depths):
    with measuring() as address:
        found = survey(address, range(depths))
    print(depths, *(f"{name}: {number}" for name, number in sorted(found.items())))


if __name__ == "__main__":
    main(420)
