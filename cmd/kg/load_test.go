package main

import "testing"

// The hint after a load names a command that is there.
func TestCalledAs(t *testing.T) {
	t.Parallel()
	for path, want := range map[string]string{
		"/tmp/go-build2958/b001/exe/kg":  "go run ./cmd/kg",
		"/root/go/bin/kg":                "kg",
		"./kg":                           "kg",
		"kg":                             "kg",
		"/tmp/go-build2958/b001/kg.test": "kg",
	} {
		if got := calledAs(path); got != want {
			t.Errorf("%s is called as %q, want %q", path, got, want)
		}
	}
}
