WORDS = ("rebate", "voucher", "sale", "bonus", "coupon")


def letters():
    for number in range(260):
        yield number, f"Dear customer {number}, a {WORDS[number % 5]} for you"
