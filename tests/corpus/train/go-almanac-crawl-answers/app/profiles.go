package main

import (
	"os"
	"runtime"
	"runtime/pprof"
)

// writeProfiles leaves what the debug endpoint would have given.
func writeProfiles() {
	runtime.GC()
	for name, variable := range map[string]string{"heap": "HEAP_PROFILE_TO", "goroutine": "GOROUTINES_TO"} {
		path := os.Getenv(variable)
		if path == "" {
			continue
		}
		file, err := os.Create(path)
		if err != nil {
			panic(err)
		}
		level := map[string]int{"heap": 0, "goroutine": 1}[name]
		if err := pprof.Lookup(name).WriteTo(file, level); err != nil {
			panic(err)
		}
		file.Close()
	}
}
