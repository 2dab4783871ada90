//go:build unix && !linux

package db

import "os"

func unnamed() (*os.File, error) { return unlinked() }
