from sklearn.linear_model import LinearRegression


def expected_crowd(hour):
    model = LinearRegression().fit([[7], [12], [20]], [20, 160, 60])
    return float(model.predict([[hour]])[0])
