package main

import "fmt"

// scan gives the label as the camera sees it: the code, then the picture.
func scan(number int) []byte {
	label := make([]byte, 24_000)
	copy(label, fmt.Sprintf("%012d", number))
	for at := 12; at < len(label); at++ {
		label[at] = byte(at * number)
	}
	return label
}
