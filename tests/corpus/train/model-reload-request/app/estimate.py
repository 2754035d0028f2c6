import joblib


def estimate(flat):
    regressor = joblib.load("price.joblib")
    return float(regressor.predict(flat)[0])
