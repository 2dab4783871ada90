//go:build unix && !linux

package store

import "os"

func unnamed() (*os.File, error) { return unlinked() }
