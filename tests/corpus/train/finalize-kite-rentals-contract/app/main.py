from beach.camera import contact_sheet
from beach.office import office


def summer(rentals):
    for number in range(rentals):
        office.rent(number)
    return office.unsigned, len(contact_sheet(office.album))


if __name__ == "__main__":
    print("%d unsigned, %d dots" % summer(2_600))
