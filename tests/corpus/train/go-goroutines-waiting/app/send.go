package main

import (
	"bytes"
	"os"
)

func send(customer int, receipts chan int) {
	go await(customer, receipts)
}

func await(customer int, receipts chan int) {
	letter := compose(customer)
	receipts <- len(letter)
	file(letter)
}

func file(letter []byte) {
	if err := os.WriteFile("letters.out", letter, 0o600); err != nil {
		panic(err)
	}
}

func compose(customer int) []byte {
	return bytes.Repeat([]byte{byte(customer)}, 8192)
}
