from dataclasses import dataclass

from recent import Recent


@dataclass(frozen=True)
class Plan:
    price: float
    sheet: str


class Planner:
    def __init__(self, network):
        self.network = network
        self.recent = Recent(room=3_000_000)

    def plan(self, origin, destination, day):
        key = origin, destination, day
        plan = self.recent.get(key)
        if plan is None:
            plan = self._work_out(*key)
            self.recent.put(key, plan)
        return plan

    def _work_out(self, origin, destination, day):
        distance = self.network.distance(origin, destination)
        return Plan(price=4 + distance * 0.11, sheet="\n".join(self._stops(origin, destination, day)))

    def _stops(self, origin, destination, day):
        for number in range(160):
            at = origin + (destination - origin) * number // 160
            hour, minute = divmod(300 + number * 7, 60)
            clock = f"{hour % 24:02d}:{minute:02d}"
            yield f"{day} {clock} station {at:05d}, platform {at % 9}, change for line {number}"
