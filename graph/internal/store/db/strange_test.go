package db_test

import (
	"errors"
	"net"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"kg/graph/internal/store/db"
	"kg/graph/internal/store/storetest"
)

// A file that is made or removed at this moment is no link.
func TestFileIsMadeMeanwhile(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("does not remove what is open")
	}
	path := filepath.Join(t.TempDir(), "kg.db")
	made := make(chan error, 1)
	go func() {
		for range 2000 {
			if err := errors.Join(os.WriteFile(path, []byte("a text\n"), 0o644), os.Remove(path)); err != nil {
				made <- err
				return
			}
		}
		made <- nil
	}()
	for {
		if s, err := storetest.Open(path, db.Options{}); err == nil {
			s.Close()
			t.Fatal("a text is opened")
		} else if strings.Contains(err.Error(), "link") {
			t.Fatal(err)
		}
		select {
		case err := <-made:
			if err != nil {
				t.Fatal(err)
			}
			return
		default:
		}
	}
}

// A file that is no store is refused at once, by its type, and untouched.
func TestStrangeFiles(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("makes what Windows has not")
	}
	file := func(content string) func(string) error {
		return func(path string) error { return os.WriteFile(path, []byte(content), 0o644) }
	}
	link := func(to string) func(string) error {
		return func(path string) error { return os.Symlink(to, path) }
	}
	for name, c := range map[string]struct {
		make func(path string) error
		want string
	}{
		"quads":    {file("<a:s> <a:p> <a:o> <a:g> .\n"), "it is a text, and no store: kg load FILE"},
		"claims":   {file("# Ein Satz mit ä\nsource:\n"), "it is a text"},
		"picture":  {file("\x89PNG\r\n\x1a\n" + strings.Repeat("\x00", 5000)), "it is another kind of file, or damaged"},
		"short":    {file("\x89kgs\r\n\x1a\n"), "the file has 8 bytes"},
		"dangling": {link("nowhere"), "it is a link to nothing"},
		"loop":     {link("kg.db"), "too many"},
		"device":   {link(os.DevNull), "it is a device"},
		"folder":   {func(path string) error { return os.Mkdir(path, 0o755) }, "it is a folder"},
		"pipe":     {mkfifo, "it is a pipe"},
		"to pipe": {func(path string) error {
			if err := mkfifo(path + ".pipe"); err != nil {
				return err
			}
			return os.Symlink(path+".pipe", path)
		}, "it is a pipe"},
		"socket": {func(path string) error {
			l, err := net.Listen("unix", path)
			if err == nil {
				t.Cleanup(func() { l.Close() })
			}
			return err
		}, "it is a socket"},
	} {
		t.Run(name, func(t *testing.T) {
			dir, err := os.MkdirTemp("", "kg") // a socket's name is short
			if err != nil {
				t.Fatal(err)
			}
			defer os.RemoveAll(dir)
			path := filepath.Join(dir, "kg.db")
			if err := c.make(path); err != nil {
				t.Fatal(err)
			}
			refused(t, path, c.want)
			if _, err := os.Lstat(path + db.LockEnd); err == nil {
				t.Error("a lock was made")
			}
		})
	}
	if _, err := storetest.Open("", db.Options{Create: true}); err == nil {
		t.Error("opened a file without a name")
	}
}

// A journal or a lock that is a link or a pipe is none that a store made.
func TestStrangeBeside(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("makes what Windows has not")
	}
	for _, end := range []string{db.JournalEnd, db.LockEnd} {
		for name, make := range map[string]func(path, to string) error{
			"pipe": func(path, _ string) error { return mkfifo(path) },
			"link": func(path, to string) error { return os.Symlink(to, path) },
		} {
			path := newPath(t)
			qs := mustOpen(t, path, db.Options{Create: true})
			mustApply(t, qs, add(numbered(1)))
			if err := qs.Close(); err != nil {
				t.Fatal(err)
			}
			os.Remove(path + end)
			precious := filepath.Join(t.TempDir(), "precious")
			if err := os.WriteFile(precious, []byte("precious"), 0o644); err != nil {
				t.Fatal(err)
			}
			if err := make(path+end, precious); err != nil {
				t.Fatal(err)
			}
			_, err := storetest.Open(path, db.Options{})
			if err == nil || !strings.Contains(err.Error(), path+end) {
				t.Errorf("%s %s: got %v", name, end, err)
			}
			if _, err := storetest.Open(path, db.Options{ReadOnly: true}); (err == nil) != (end == db.LockEnd) {
				t.Errorf("%s %s: reading: %v", name, end, err)
			}
			if b, err := os.ReadFile(precious); err != nil || string(b) != "precious" {
				t.Errorf("%s %s: wrote %q, %v", name, end, b, err)
			}
		}
	}
}
