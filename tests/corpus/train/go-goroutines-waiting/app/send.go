package main

import "bytes"

func send(customer int, receipts chan int) {
	go await(customer, receipts)
}

func await(customer int, receipts chan int) {
	letter := compose(customer)
	receipts <- len(letter)
}

func compose(customer int) []byte {
	return bytes.Repeat([]byte{byte(customer)}, 8192)
}
