from shop.inbox import bodies
from shop.orders import take_order


def main():
    accepted = sum(take_order(body)["total"] for body in bodies(1_300))
    print(accepted)


if __name__ == "__main__":
    main()
