import random

DISHES = ("soup", "stew", "pie", "salad", "omelette", "risotto", "tart", "curry", "gratin", "dumplings")
WITH = ("leek", "pumpkin", "trout", "lentil", "almond", "cherry", "fennel", "barley", "saffron", "quince")
HOW = ("grandmother's", "quick", "cold", "winter", "festive", "spicy", "creamy", "baked", "smoked", "sour")


def names(count):
    chance = random.Random(2)
    for _ in range(count):
        yield f"{chance.choice(HOW)} {chance.choice(WITH)} {chance.choice(DISHES)} no {chance.randrange(900)}"
