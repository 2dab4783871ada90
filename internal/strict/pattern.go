package strict

import (
	"regexp"
	"sync"
)

// Pattern is a regular expression that is compiled when it is first used, so that a
// verb that needs none starts without.
func Pattern(expr string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expr) })
}
