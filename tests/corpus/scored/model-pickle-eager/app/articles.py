ARTICLES = ("word1 met word2 in Paris", "nobody met word9")
