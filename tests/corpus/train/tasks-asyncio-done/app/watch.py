from proofs import prove

watchers = set()


async def watch(parcel):
    label = bytearray(16_000)
    label[:8] = parcel["number"].to_bytes(8, "big")
    await parcel["delivered"].wait()
    prove(parcel["number"])
