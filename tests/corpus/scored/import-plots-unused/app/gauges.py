def rain(days):
    return [(day, day * day % 23 / 2) for day in range(days)]
