package strict

import (
	"strconv"
	"strings"
	"unicode"
)

// Quoted is a name in quotes, as it is written unless that would move a
// terminal's cursor: %q writes thin spaces and joiners as escapes.
func Quoted(name string) string {
	if strings.ContainsFunc(name, unicode.IsControl) {
		return strconv.Quote(name)
	}
	return `"` + name + `"`
}
