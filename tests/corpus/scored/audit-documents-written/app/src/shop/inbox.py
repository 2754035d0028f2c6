import base64
import json
import random

SIGNATURES = random.Random(3)


def bodies(count):
    for number in range(count):
        yield json.dumps(
            {
                "order": number,
                "reseller": f"reseller-{number % 17}",
                "lines": [{"article": f"A{n:04d}", "count": n % 5 + 1, "price": n * 3} for n in range(12)],
                "signed_form": base64.b64encode(SIGNATURES.randbytes(9_000)).decode(),
            }
        ).encode()
