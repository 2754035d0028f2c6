import matplotlib

matplotlib.use("Agg")
matplotlib.rcParams["figure.max_open_warning"] = 0

import matplotlib.pyplot as plt  # noqa: E402


def page(turbine, directory):
    """One page of the report: the curve of the power, and its distribution."""
    figure, (curve, spread) = plt.subplots(1, 2, figsize=(9, 4.5), width_ratios=(2, 1))
    curve.plot(turbine.wind, turbine.power, ",")
    curve.set_xlabel("wind, m/s")
    curve.set_ylabel("power, kW")
    spread.hist(turbine.power, bins=20, orientation="horizontal")
    figure.suptitle(f"{turbine.name}: load factor {turbine.load_factor:.2f}")
    return save(figure, directory / f"{turbine.name}.png")


def save(figure, path):
    figure.savefig(path, dpi=110)
    return path
