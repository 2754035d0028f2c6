module pollers

go 1.19
