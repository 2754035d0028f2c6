from control.room import shift

if __name__ == "__main__":
    print("%d late, %d in the dark" % shift(1_300))
