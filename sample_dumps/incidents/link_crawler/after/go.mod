module example.com/linkcrawler

go 1.19
