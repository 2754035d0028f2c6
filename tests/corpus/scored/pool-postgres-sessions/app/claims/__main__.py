from claims.views import decide

if __name__ == "__main__":
    answers = [decide(request, request % 40) for request in range(330)]
    print(sum("refused" in answer for answer in answers))
