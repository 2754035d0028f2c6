"""A weavers' guild: the drafts of its members are worked out and listed."""

from loom.drafts import drafts
from loom.store import Store
from loom.weave import Weaver

if __name__ == "__main__":
    store = Store("drafts.db")
    weaver = Weaver(store)
    again = sum(not weaver.weave(name, draft) for name, draft in drafts(number=320))
    print(f"{store.told()}; {again} sent twice")
