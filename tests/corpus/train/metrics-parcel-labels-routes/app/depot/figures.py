from prometheus_client import Counter, Histogram

LABELS = Counter("labels_printed", "Labels printed", ["service"])
SECONDS = Histogram("label_seconds", "Time to make a label", ["service", "depot"])
SIZE = Histogram("label_bytes", "Size of a label", ["service"], buckets=(500, 1_000, 2_000, 4_000))


def measured(order, seconds, size):
    service, depot = order["service"], order["parcel"][2]
    LABELS.labels(service).inc()
    SECONDS.labels(service, depot).observe(seconds)
    SIZE.labels(service).observe(size)
