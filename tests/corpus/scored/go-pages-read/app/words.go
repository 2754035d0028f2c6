package main

import "fmt"

func dictionary(count int) map[string]int {
	words := make(map[string]int, count)
	for number := 0; number < count; number++ {
		words[fmt.Sprintf("word-number-%08d", number)] = number
	}
	return words
}
