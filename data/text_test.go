package data_test

import (
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kg/data"
)

// folderOf makes a folder with files.
func folderOf(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		f, err := os.Create(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(name, ".gz") {
			z := gzip.NewWriter(f)
			z.Write([]byte(content))
			z.Close()
		} else {
			f.WriteString(content)
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// placesOf are the places of words in a text.
func placesOf(t *testing.T, s string, words ...string) (places []data.Place) {
	t.Helper()
	for _, w := range words {
		before, _, ok := strings.Cut(s, w)
		if !ok {
			t.Fatalf("%q is not in %q", w, s)
		}
		start := len([]rune(before))
		places = append(places, data.Place{Start: start, End: start + len([]rune(w)), SHA256: text(t, w).SHA256})
	}
	return places
}

func TestFindText(t *testing.T) {
	t.Parallel()
	const source = "Eine kühne Behauptung. Und noch eine."
	altered, moved := strings.Replace(source, "noch", "dann", 1), " "+source
	places := placesOf(t, source, "kühne", "Behauptung", "noch eine")
	dir := folderOf(t, map[string]string{
		"a.txt": altered, "b.txt": moved, "other.txt": "Something else altogether, which is longer.",
		"picture.png": "\x89PNG\x00", "broken.gz": "", "in/more.txt": "Eine",
	})
	want := func(found *data.Text, err error, name string, holding int) {
		t.Helper()
		switch {
		case err != nil:
			t.Error(err)
		case found == nil && name != "", found != nil && (found.Name != name || found.Holding(places) != holding):
			t.Errorf("got %+v, want %q with %d places", found, name, holding)
		}
	}
	digest := text(t, source).SHA256
	found, err := data.FindText(dir, digest)
	want(found, err, "", 0)
	found, err = data.ClosestText(dir, places)
	want(found, err, filepath.Join(dir, "a.txt"), 2)
	for name, holding := range map[string]int{"a.txt": 2, "b.txt": 0, "other.txt": 0} { // a file is meant, whatever it holds
		path := filepath.Join(dir, name)
		found, err = data.ClosestText(path, places)
		want(found, err, path, holding)
	}
	found, err = data.ClosestText(dir, placesOf(t, "x", "x"))
	want(found, err, "", 0)

	// The text itself, also packed and behind a link.
	packed := folderOf(t, map[string]string{"x/source.txt.gz": source, "a.txt": altered})
	found, err = data.FindText(packed, digest)
	want(found, err, filepath.Join(packed, "x", "source.txt.gz"), 3)
	link := filepath.Join(t.TempDir(), "texts")
	if err := os.Symlink(packed, link); err != nil {
		t.Skip(err)
	}
	if found, err = data.FindText(link, digest); err != nil || found == nil || found.Holding(places) != 3 {
		t.Errorf("behind a link: got %+v, %v", found, err)
	}
	for _, path := range []string{filepath.Join(dir, "nothing"), os.DevNull} {
		if _, err := data.FindText(path, digest); err == nil {
			t.Errorf("%s is no text, and no error", path)
		}
	}
}
