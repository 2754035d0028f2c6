from dataclasses import dataclass


@dataclass(frozen=True)
class Job:
    number: int
    machine: str
    minutes: int


def jobs(count):
    for number in range(count):
        yield Job(number, f"machine {number % 9}", 5 + number * 7 % 40)
