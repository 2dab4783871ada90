package site

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// TestRemoveFolder: of a folder that is removed the list of its files goes last, so that a
// kill in the middle leaves a folder that the next copy knows as kg's.
func TestRemoveFolder(t *testing.T) {
	t.Parallel()
	dir := filepath.Join(t.TempDir(), "s")
	for i := range 40 {
		sub := filepath.Join(dir, fmt.Sprintf("d%d", i))
		if err := os.MkdirAll(sub, 0o777); err != nil {
			t.Fatal(err)
		}
		for j := range 50 {
			if err := os.WriteFile(filepath.Join(sub, fmt.Sprint(j)), nil, 0o666); err != nil {
				t.Fatal(err)
			}
		}
	}
	mark := filepath.Join(dir, markName)
	if err := os.WriteFile(mark, []byte(markHead), 0o666); err != nil {
		t.Fatal(err)
	}
	done := make(chan error)
	go func() { done <- removeFolder(dir) }()
	for left := true; left; {
		select {
		case err := <-done:
			if _, gone := os.Lstat(dir); err != nil || !os.IsNotExist(gone) {
				t.Errorf("removing: %v, and then: %v", err, gone)
			}
			left = false
		default:
		}
		if _, err := os.Lstat(mark); os.IsNotExist(err) {
			if list, _ := os.ReadDir(dir); len(list) > 0 {
				t.Fatalf("the list of files is gone, and %d folders are not", len(list))
			}
		}
	}
	if err := removeFolder(dir); err != nil {
		t.Errorf("removing nothing: %v", err)
	}
}
