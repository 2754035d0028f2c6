// Scanner reads parcels' labels and remembers their codes.
package main

import "fmt"

func main() {
	codes := newRegister()
	for number := 0; number < 900; number++ {
		codes.add(number, scan(number))
	}
	fmt.Println(codes.len())
	writeProfiles()
	fmt.Println(codes.len())
}
