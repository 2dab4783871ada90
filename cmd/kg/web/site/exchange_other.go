//go:build !linux && !darwin

package site

import "errors"

// exchange returns an error: this system does not support it.
func exchange(_, _ string) error { return errors.ErrUnsupported }
