//go:build unix

package files

import (
	"errors"
	"os"
)

// unlinked makes a file, and takes its name away.
func unlinked() (*os.File, error) {
	f, err := os.CreateTemp("", "kg-*")
	if err != nil {
		return nil, err
	}
	if err := os.Remove(f.Name()); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f, nil
}
