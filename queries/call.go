package queries

import "strings"

// Call is a question as one would type it, its arguments name=value.
func Call(name string, args ...string) string {
	words := []string{"kg query"}
	if name != "" {
		words = append(words, name)
	}
	for _, arg := range args {
		param, value, _ := strings.Cut(arg, "=")
		words = append(words, param+"="+quoted(value))
	}
	return strings.Join(words, " ")
}

// quoted quotes what a shell would not take as it is.
func quoted(value string) string {
	switch {
	case !strings.ContainsAny(value, " \"'$`\\&|;<>()*?#~!"):
		return value
	case !strings.ContainsAny(value, "\"$`\\!"):
		return `"` + value + `"`
	}
	return "'" + strings.ReplaceAll(value, "'", `'\''`) + "'"
}
