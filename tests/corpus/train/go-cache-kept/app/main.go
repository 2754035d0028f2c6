// Shop shows pictures of products.
package main

import "fmt"

func main() {
	shown := 0
	for number := 0; number < 1200; number++ {
		shown += len(pictureOf(fmt.Sprintf("product-%d", number)))
	}
	fmt.Println(shown)
	writeProfiles()
}
