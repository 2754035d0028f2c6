module atlas

go 1.19
