package js

import (
	"strings"

	"github.com/dop251/goja"
)

// Unfinished reports whether a text breaks off in the middle of a script, so that more
// lines may complete it. A text with another mistake is not unfinished: no further line
// corrects that.
func Unfinished(text string) bool {
	_, err := goja.Parse("", text)
	if err == nil {
		return false
	}
	for _, end := range []string{"Unexpected end of input", "Unterminated template literal", "Unexpected token ILLEGAL"} {
		if strings.Contains(err.Error(), end) {
			return end != "Unexpected token ILLEGAL" || openComment(text)
		}
	}
	return false
}

// openComment reports whether the text ends within a comment.
func openComment(text string) bool {
	return strings.LastIndex(text, "/*") > strings.LastIndex(text, "*/")
}
