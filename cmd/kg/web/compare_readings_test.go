package web_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kg/cmd/kg/web"
)

// TestReadings: a source's page names the other readings of its text, and leads to
// where they are set side by side.
func TestReadings(t *testing.T) {
	t.Parallel()
	b, err := os.ReadFile(exampleFile)
	if err != nil {
		t.Fatal(err)
	}
	again := strings.Replace(string(b), "  id: herald-2020-05-04\n", "  id: again\n  of: kg:source/herald-2020-05-04\n", 1)
	if again = strings.Replace(again, "stance: alleges", "stance: estimates", 1); strings.Count(again, "estimates") != 1 {
		t.Fatal("the example has no stance to read otherwise")
	}
	name := filepath.Join(t.TempDir(), "again.yaml")
	if err := os.WriteFile(name, []byte(again), 0o600); err != nil {
		t.Fatal(err)
	}
	s := web.New(options(t, views(t, exampleFile, name)))
	const beside = "/compare?a=kg%3Asource%2Fagain&b=kg%3Asource%2Fherald-2020-05-04"
	has(t, get(t, s, "/source?id=kg:source/again", 200), "Another reading of the text of", "the two are one origin", strings.ReplaceAll(beside, "&", "&amp;"))
	has(t, get(t, s, "/source?id=kg:source/herald-2020-05-04", 200), "Read also as", "read by")
	has(t, get(t, s, beside, 200), "Two readings of one text", "the same in both", "Read otherwise</strong>: stance", "estimates")
	has(t, get(t, s, "/compare?a=again&b=again", 400), "are not two readings of one text")
	has(t, get(t, s, "/compare?a=again&b=nobody", 404), "unknown entity")
}
