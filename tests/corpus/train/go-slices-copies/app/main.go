// Scanner reads parcels' labels and remembers their codes.
package main

import "fmt"

func main() {
	codes := newRegister()
	plan := newPlan(1_600, 1_200)
	for number := 0; number < 900; number++ {
		codes.add(number, scan(number))
		plan.place(number)
	}
	fmt.Println(codes.len())
	writeProfiles()
	fmt.Println(codes.len(), plan.free())
}
