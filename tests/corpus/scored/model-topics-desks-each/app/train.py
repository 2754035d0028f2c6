import random

import joblib
from sklearn.feature_extraction.text import HashingVectorizer
from sklearn.linear_model import SGDClassifier
from sklearn.pipeline import make_pipeline

TOPICS = {
    "tickets": "ticket price reduction family pass refund counter",
    "opening": "open closed hours monday holiday evening",
    "shop": "shop postcard poster book catalogue bag",
    "loans": "loan painting insurance transport crate museum",
    "research": "archive study thesis inventory provenance letter",
    "press": "interview journalist photo television review",
    "access": "lift stairs wheelchair ramp seat toilet",
    "children": "school class workshop child birthday guide",
}

chosen = random.Random(4)
texts, topics = [], []
for topic, words in TOPICS.items():
    for _ in range(60):
        texts.append(" ".join(chosen.choices(words.split(), k=12)))
        topics.append(topic)
pipeline = make_pipeline(HashingVectorizer(n_features=2**17), SGDClassifier(random_state=4, max_iter=20))
joblib.dump(pipeline.fit(texts, topics), "topics.joblib")
