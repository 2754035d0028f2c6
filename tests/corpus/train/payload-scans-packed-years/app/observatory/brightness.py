def mean(plate):
    sample = plate[::17]
    return sum(sample) / len(sample)
