module ferries

go 1.19
