package graph_test

import (
	"context"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"kg/graph"
)

// A store that its owner keeps private, or elsewhere by a link, stays so.
func TestReplaceFileKeepsModeAndLink(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("windows has neither permissions of this kind nor links for everybody")
	}
	dir := t.TempDir()
	file, link := filepath.Join(dir, "real.db"), filepath.Join(dir, "kg.db")
	if err := os.WriteFile(file, []byte("old"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("real.db", link); err != nil {
		t.Fatal(err)
	}
	err := graph.ReplaceFile(link, func(w io.Writer) error { _, err := io.WriteString(w, "new"); return err })
	if err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(file)
	if err != nil || string(got) != "new" {
		t.Errorf("the file holds %q, %v", got, err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&os.ModeSymlink == 0 {
		t.Errorf("the link is one no more: %v, %v", info, err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the permissions are %v, %v", info.Mode(), err)
	}
}

// Two files with one source in one load are a conflict, even to replace.
func TestReplaceWithTwoOfOneSource(t *testing.T) {
	t.Parallel()
	path := storePath(t)
	one := herald("town", "city: {kind: City, name: City}\nland: {kind: Country, name: Land}", "in: {says: It is in the land., at: §, edges: {city: {within: land}}}")
	two := strings.Replace(one, "It is in the land.", "It lies in the land.", 1)
	_, err := loadAt(context.Background(), path, ontology(), docs(t, one, two), graph.LoadOptions{Base: base, Replace: true})
	if err == nil || !strings.Contains(err.Error(), "loading source kg:source/town: two of the files have it, with different content: claim in changed") {
		t.Errorf("got %v", err)
	}
	if _, err := loadAt(context.Background(), path, ontology(), docs(t, one, one), graph.LoadOptions{Base: base}); err != nil {
		t.Errorf("the same file twice: %v", err)
	}
}
