package files

import (
	"os"

	"golang.org/x/sys/unix"
)

// unnamed makes a file that never has a name. Where the file system cannot do
// that it has one for a moment.
func unnamed() (*os.File, error) {
	f, err := os.OpenFile(os.TempDir(), os.O_RDWR|unix.O_TMPFILE, 0o600)
	if err != nil {
		return unlinked()
	}
	return f, nil
}
