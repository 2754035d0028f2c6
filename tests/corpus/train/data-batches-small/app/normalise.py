def normalise(batch, noted):
    for row in batch:
        if row[0] > 0.1:
            noted[float(row[1])] = describe(row)
    return (batch - batch.mean(axis=0)) / batch.std(axis=0)


def describe(row):
    return ", ".join(f"{value:.1f}" for value in row)
