from beach.office import office


def summer(rentals):
    for number in range(rentals):
        office.rent(number)
    return office.unsigned


if __name__ == "__main__":
    print(summer(2_600), "unsigned")
