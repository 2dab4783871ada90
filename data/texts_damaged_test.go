package data_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kg/data"
	"kg/internal/strict"
)

// A document that is given by name and damaged is a mistake, with its name; in a folder it
// is only not the text that is looked for.
func TestDamagedText(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for name, file := range map[string]string{"empty.html": "", "cut.pdf": "%PDF-1.7\nno more", "cut.gz": "\x1f\x8b\x08\x00no more", "no.txt.gz": "plain", "cut.xlsx": "PK no more"} {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, []byte(file), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := data.OpenTexts(path)
		if mistake := new(strict.Error); !errors.As(err, &mistake) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: got %v", name, err)
		}
	}
	texts, err := data.OpenTexts(folder)
	if err != nil {
		t.Fatalf("in a folder: got %v", err)
	}
	if told := strings.Join(texts.Unread, "\n"); len(texts.Unread) != 3 || strings.Count(told, "cannot be unpacked") != 3 || !strings.Contains(told, "no.txt.gz") {
		t.Errorf("not read: %s", told)
	}
}
