import joblib
import numpy as np

numbers = np.random.default_rng(6)
pipeline = {
    "vocabulary": {f"term{n}": n for n in range(2_000)},
    "idf": numbers.random(2_000),
    "coefficients": numbers.standard_normal((24, 2_000)).astype(np.float32),
    "classes": [f"section {n}" for n in range(24)],
}
joblib.dump(pipeline, "sections.joblib")
