package schema_test

import (
	"io/fs"
	"os"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"kg/schema"
)

// TestKindErrorsAreBrief is the same law for kinds: an error repeats little.
func TestKindErrorsAreBrief(t *testing.T) {
	if testing.Short() {
		t.Skip("reads the kinds hundreds of times")
	}
	t.Parallel()
	kinds := os.DirFS("kinds")
	names, err := fs.Glob(kinds, "*.yaml")
	if err != nil {
		t.Fatal(err)
	}
	word, long := regexp.MustCompile(`[\pL\pN][\pL\pN-]*`), strings.Repeat("x", 900)
	for _, name := range names[:12] {
		text, err := fs.ReadFile(kinds, name)
		if err != nil {
			t.Fatal(err)
		}
		own := strings.ReplaceAll(string(text), "kind: ", "kind: Own")
		for _, at := range word.FindAllStringIndex(own, 30) {
			folder := fstest.MapFS{"own-" + name: &fstest.MapFile{Data: []byte(own[:at[0]] + long + own[at[1]:])}}
			if _, err := schema.ReadOntology(folder); err != nil && strings.Contains(err.Error(), long[:66]) {
				t.Errorf("%s, in the place of %q: %.300v", name, own[at[0]:at[1]], err)
			}
		}
	}
}
