package site_test

import (
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
)

// example is a copy of the example in parts of five rows, and the hash of its graph. Tests
// share it.
var example struct {
	sync.Once
	files map[string]string
	graph string
}

func copyOfExample(t testing.TB) (files map[string]string, graph string) {
	t.Helper()
	if testing.Short() {
		t.Skip("copies the example")
	}
	example.Do(func() {
		o := optionsOf(t, loaded(t, "", exampleFile), 5)
		example.files, example.graph = copied(t, filepath.Join(t.TempDir(), "s"), o), o.Graph
	})
	return example.files, example.graph
}

// TestExampleCopy: the copy of the example is sound and has all claims.
func TestExampleCopy(t *testing.T) {
	t.Parallel()
	files, graph := copyOfExample(t)
	sound(t, files, graph)
	everyClaim(t, files, 2)
	hasFiles(t, files, "entity/blue-line-", "claim/price-", "source/herald-2020-05-04-", "query/companies-", "browse/claims-")
}

// everyClaim holds that what the lists of the server have in one part, the parts of a
// copy of the example have together, and that there are so many at least.
func everyClaim(t *testing.T, files map[string]string, least int) {
	t.Helper()
	for _, list := range []string{"claims", "entities", "kinds"} {
		parts := 0
		for name := range files {
			if strings.HasPrefix(name, "browse/"+list) {
				parts++
			}
		}
		if parts < least {
			t.Errorf("%s has %d parts", list, parts)
		}
	}
	for claim := range strings.SplitSeq("sold price price-per-ship mayor-denies", " ") {
		found := false
		for name := range files {
			found = found || regexp.MustCompile(`^claim/`+claim+`-[0-9a-f]{16}\.html$`).MatchString(name)
		}
		if !found {
			t.Errorf("the claim %s has no page", claim)
		}
	}
}
