package queries

import "strings"

// Call returns the command line that asks the query, with arguments name=value.
func (q *Query) Call(args ...string) string {
	words := []string{"kg query"}
	if q.Name != "" {
		words = append(words, q.Name)
	}
	for _, arg := range args {
		param, value, _ := strings.Cut(arg, "=")
		words = append(words, param+"="+quoted(value))
	}
	return strings.Join(words, " ")
}

// quoted quotes a value for a POSIX shell, if it has to be.
func quoted(value string) string {
	switch {
	case !strings.ContainsAny(value, " \"'$`\\&|;<>()*?#~!"):
		return value
	case !strings.ContainsAny(value, "\"$`\\!"):
		return `"` + value + `"`
	}
	return "'" + strings.ReplaceAll(value, "'", `'\''`) + "'"
}
