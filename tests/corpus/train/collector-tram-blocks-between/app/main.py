from control.room import shift

if __name__ == "__main__":
    print("%d late, %d in the dark, %d worn" % shift(1_300))
