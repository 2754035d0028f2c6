import random
from array import array

ANIMALS = ("tapir", "lynx", "ibis", "okapi", "otter", "yak", "emu", "panda", "gaur", "seal", "crane", "lemur")
FOODS = 700


class Meal:
    """One serving. It knows its plan, to ask what was served before."""

    def __init__(self, plan, hour, grams):
        self.plan = plan
        self.hour = hour
        self.grams = grams

    def is_late(self):
        return self.hour > 17 and len(self.plan.meals) < 4


class Plan:
    """The meals of one animal on one day, each food by weight."""

    def __init__(self, animal, dice):
        self.animal = animal
        self.meals = []
        for hour in sorted(dice.sample(range(6, 21), dice.randint(3, 5))):
            grams = array("d", bytes(8 * FOODS))
            for food in dice.choices(range(FOODS), k=9):
                grams[food] = dice.randrange(20, 900)
            self.meals.append(Meal(self, hour, grams))

    def weight(self):
        return sum(sum(meal.grams) for meal in self.meals)


def plans(day):
    dice = random.Random(day)
    return [Plan(animal, dice) for animal in ANIMALS]
