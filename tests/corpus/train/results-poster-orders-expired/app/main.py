from press import shop, tasks

if __name__ == "__main__":
    tasks.start(workers=2)
    print("%d posters, %d units of ink, catalogue %08x" % shop.serve(orders=1_200))
