import io

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402


def chart_of(name, rain):
    figure, axes = plt.subplots(figsize=(6, 4), num=name)
    axes.bar(range(len(rain)), rain)
    axes.set_title(name)
    picture = io.BytesIO()
    figure.savefig(picture, format="png")
    return picture.getvalue()
