//go:build !unix

package db_test

import "errors"

func mkfifo(string) error { return errors.ErrUnsupported }
