package main

import (
	"os"
	"path/filepath"
	"testing"

	"kg/queries"
)

// What is embedded alone cannot be rewritten; a link to a file is followed.
func TestUpdateQuery(t *testing.T) {
	t.Parallel()
	err := (&app{}).updateQuery(&queries.Query{Name: "bribes"}, nil)
	if err == nil || exitCode(err) != exitUsage || err.Error() != "query bribes is kg's own: its rows can be rewritten only if --queries names the folder of its source" {
		t.Errorf("an embedded query: %v", err)
	}
	const text = "/** Who?\n * @columns who\n * @example kg query who\n */\n"
	dir := t.TempDir()
	file, link := filepath.Join(dir, "who.js"), filepath.Join(dir, "link.js")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(file, link); err != nil {
		t.Skip(err)
	}
	q, err := queries.Parse("who", file, text)
	if err != nil {
		t.Fatal(err)
	}
	q.File = link
	if err := (&app{}).updateQuery(q, []queries.Failure{{Example: 0, Got: [][]string{{"a", "b", "c"}}}}); err != nil {
		t.Fatal(err)
	}
	got, err := os.ReadFile(file)
	if want := "/** Who?\n * @columns who\n * @example kg query who\n * | a | b | c |\n */\n"; err != nil || string(got) != want {
		t.Errorf("got %s, %v", got, err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the permissions are %v, %v", info.Mode(), err)
	}
}
