import gc
import time
from collections import Counter

from zoo.plans import plans
from zoo.stock import left_over


class Kitchen:
    def __init__(self, stock):
        self.stock = stock
        self.today = []
        self.served = Counter()
        self.late = 0

    def open(self):
        """The stock stays as it is all year: the collector need not look at it."""
        gc.freeze()

    def cook(self, day):
        self.today = plans(day)
        for plan in self.today:
            self.served[plan.animal] += round(plan.weight() * left_over(self.stock, plan.animal, day))
            self.late += sum(meal.is_late() for meal in plan.meals)
            time.sleep(0.0003)  # it is weighed

    def year(self, days):
        self.open()
        for day in range(days):
            self.cook(day)
        return self.served.most_common(2), self.late
