package main

import "fmt"

type road struct {
	Name   string
	Class  int
	Points [24]float32
}

func surveyed(count int) []road {
	roads := make([]road, 0, count)
	for number := 0; number < count; number++ {
		next := road{Name: fmt.Sprintf("Path %d", number), Class: number % 7}
		for at := range next.Points {
			next.Points[at] = float32(number%180) + float32(at)/8
		}
		roads = append(roads, next)
	}
	return roads
}
