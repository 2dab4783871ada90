package data_test

import (
	"compress/gzip"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"kg/data"
	"kg/internal/sourcetext"
	"kg/schema"
)

// folderOf makes a folder with files.
func folderOf(t testing.TB, files map[string]string) string {
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
func placesOf(t *testing.T, s string, words ...string) (places []schema.Locator) {
	t.Helper()
	for _, w := range words {
		before, _, ok := strings.Cut(s, w)
		if !ok {
			t.Fatalf("%q is not in %q", w, s)
		}
		start := len([]rune(before))
		places = append(places, schema.Locator{Start: start, End: start + len([]rune(w)), SHA256: text(t, w).SHA256})
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
	none := func(string) (bool, error) { return false, nil }
	find := func(path, sha256 string, places []schema.Locator, others func(string) (bool, error)) *sourcetext.Found {
		t.Helper()
		texts, err := data.OpenTexts(path)
		if err != nil {
			t.Fatal(err)
		}
		found, err := texts.Find(t.Context(), &schema.Locators{SHA256: sha256, List: places}, others)
		if err != nil {
			t.Fatal(err)
		}
		return found
	}
	want := func(found *sourcetext.Found, name string, same bool, holding int) {
		t.Helper()
		if found == nil && name != "" || found != nil && (found.Name != name || found.Same != same || found.Text.Holding(places) != holding) {
			t.Errorf("got %+v, want %q with %d places", found, name, holding)
		}
	}
	digest := text(t, source).SHA256
	want(find(dir, digest, places, none), filepath.Join(dir, "a.txt"), false, 2)
	for name, holding := range map[string]int{"a.txt": 2, "b.txt": 0, "other.txt": 0} { // a file is meant, whatever it holds
		path := filepath.Join(dir, name)
		want(find(path, digest, places, none), path, false, holding)
		want(find(path, digest, places, func(string) (bool, error) { return true, nil }), "", false, 0) // but not another source's
	}
	want(find(dir, digest, placesOf(t, "x", "x"), none), "", false, 0)
	// Where no passage is where it was, the text is taken that has most of them.
	want(find(dir, digest, places, func(sha256 string) (bool, error) { return sha256 == text(t, altered).SHA256, nil }), filepath.Join(dir, "b.txt"), false, 0)

	// The text itself, also packed and behind a link.
	packed := folderOf(t, map[string]string{"x/source.txt.gz": source, "a.txt": altered})
	want(find(packed, digest, places, none), filepath.Join(packed, "x", "source.txt.gz"), true, 3)
	link := filepath.Join(t.TempDir(), "texts")
	if err := os.Symlink(packed, link); err != nil {
		t.Skip(err)
	}
	if found := find(link, digest, places, none); found == nil || !found.Same {
		t.Errorf("behind a link: got %+v", found)
	}
	for _, path := range []string{filepath.Join(dir, "nothing"), os.DevNull} {
		if _, err := data.OpenTexts(path); err == nil {
			t.Errorf("%s is no text, and no error", path)
		}
	}
}
