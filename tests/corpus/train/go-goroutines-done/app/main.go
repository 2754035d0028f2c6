// Mailer sends a letter a customer, by few workers, and files the copies.
package main

import "fmt"

func main() {
	receipts := make(chan int)
	go func() {
		for customer := 0; customer < 3000; customer++ {
			receipts <- len(send(customer))
		}
		close(receipts)
	}()
	sent := 0
	for length := range receipts {
		sent += length
	}
	fmt.Println(sent)
	writeProfiles()
	fmt.Println(len(copies))
}
