// Mailer sends a letter a customer and waits for the receipts.
package main

import "fmt"

func main() {
	receipts := make(chan int)
	for customer := 0; customer < 3000; customer++ {
		send(customer, receipts)
	}
	fmt.Println("sent")
	writeProfiles()
}
