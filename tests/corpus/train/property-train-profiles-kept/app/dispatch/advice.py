"""Tells drivers to go slower where they would only wait at the next signal."""


def advise(train, stop):
    early = train.due(stop) % 53 - train.number % 11
    return f"{train.line} {train.number}: {early:.0f} s" if early > 20 else None
