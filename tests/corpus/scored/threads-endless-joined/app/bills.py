def bill(guest):
    return b"%PDF-1.7 " + guest.encode().ljust(100) * 1_400
