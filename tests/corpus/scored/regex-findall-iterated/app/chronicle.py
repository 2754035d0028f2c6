def chapters(count, sentences):
    for chapter in range(count):
        yield " ".join(
            f"In the year {n} Count Wenzel of Castle{chapter % 9} met Anna by the old mill of the village, "
            "and nobody in all the land could say what they spoke of until the evening bell was rung."
            for n in range(sentences)
        )
