// Shop shows pictures of products and knows their prices.
package main

import "fmt"

func main() {
	shown := 0
	list := loadPrices(400000)
	for number := 0; number < 1200; number++ {
		shown += len(pictureOf(fmt.Sprintf("product-%d", number)))
	}
	fmt.Println(shown, len(list))
	writeProfiles()
	fmt.Println(list[7].name)
}
