import gc

import matplotlib

matplotlib.use("Agg")

import matplotlib.pyplot as plt  # noqa: E402


def page(turbine, farm, directory):
    """One page of the report: the curve of the last week, beside what the farm did all year."""
    figure, (curve, spread) = plt.subplots(1, 2, figsize=(9, 4.5), width_ratios=(2, 1))
    curve.plot(turbine.wind[-1_008:], turbine.power[-1_008:], ",")
    curve.set_xlabel("wind, m/s")
    curve.set_ylabel("power, kW")
    spread.hist(turbine.power[::24], bins=20, orientation="horizontal")
    place = sum(other.load_factor >= turbine.load_factor for other in farm)
    figure.suptitle(f"{turbine.name}: load factor {turbine.load_factor:.2f}, place {place}")
    return save(figure, directory / f"{turbine.name}.png")


def save(figure, path):
    try:
        figure.savefig(path, dpi=110)
    finally:
        plt.close(figure)
        gc.collect()  # A figure is a knot of cycles.
    return path
