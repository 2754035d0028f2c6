package main

import "fmt"

type price struct {
	name  string
	cents [8]int64
}

func loadPrices(count int) []price {
	list := make([]price, count)
	for number := range list {
		list[number].name = fmt.Sprintf("product-%d", number)
	}
	return list
}
