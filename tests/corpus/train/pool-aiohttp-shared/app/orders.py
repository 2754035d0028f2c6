async def pass_on(session, url, number):
    async with session.post(f"{url}/orders", json={"order": number}) as answer:
        return await answer.read()
