package data_test

import (
	"regexp"
	"strings"
	"testing"

	"kg/data"
	"kg/schema"
)

// scalar is a key or a value of the example, as far as a pattern can tell.
var scalar = regexp.MustCompile(`[\pL\pN][\pL\pN /.'%$~-]*`)

// TestErrorsAreBrief puts a long text in the place of each word of a file: an
// error tells of it, if it is one, and repeats little of it.
func TestErrorsAreBrief(t *testing.T) {
	if testing.Short() {
		t.Skip("reads the example thousands of times")
	}
	t.Parallel()
	o := ontology(t)
	example, refused := string(file(t, "testdata/example.yaml")), 0
	for _, long := range []string{strings.Repeat("x", 900), strings.Repeat("9", 900), strings.Repeat("é", 450), `"` + strings.Repeat("x ", 10_000) + `"`} {
		for _, at := range scalar.FindAllStringIndex(example, -1) {
			file := example[:at[0]] + long + example[at[1]:]
			_, err := data.Read("x.yaml", []byte(file), o, schema.DefaultBase)
			if err == nil {
				continue
			}
			refused++
			for line := range strings.Lines(err.Error()) {
				for _, run := range []string{"x", "9", "é", "x "} {
					if strings.Contains(line, strings.Repeat(run, 66)) {
						t.Errorf("in the place of %q: %.300s", example[at[0]:at[1]], line)
					}
				}
			}
		}
	}
	if refused < 500 {
		t.Errorf("only %d files were refused", refused)
	}
}
