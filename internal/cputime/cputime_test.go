package cputime

import "testing"

// TestUsed: who works uses processor time.
func TestUsed(t *testing.T) {
	before, err := Used()
	if err != nil {
		t.Fatal(err)
	}
	for sum := 1; ; sum++ {
		if after, err := Used(); err != nil || after > before {
			if err != nil {
				t.Fatal(err)
			}
			return
		}
	}
}
