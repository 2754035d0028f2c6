from mill.pipeline import Pipeline

milling = Pipeline()


@milling.step
def without_gaps(frame):
    return frame.interpolate(limit=5).dropna()


@milling.step
def within_limits(frame):
    return frame[frame["moisture"].between(5, 95)]


@milling.step
def with_throughput(frame):
    return frame.assign(throughput=frame["load"] * frame["speed"] / 60)


@milling.step
def smoothed(frame):
    return frame.ewm(span=12).mean()
