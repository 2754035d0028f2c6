import pickle


def read_vocabulary():
    with open("vocabulary.pkl", "rb") as file:
        return pickle.load(file)["vectors"]
