// Kg turns what sources say into a knowledge graph in which every edge can be
// traced to the words behind it, and answers path questions over it.
package main

import "os"

func main() {
	collectLate()
	keepWithin(cgroupLimit)
	os.Exit(run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
