package site

import "golang.org/x/sys/unix"

// exchange swaps two folders atomically. Some file systems do not support it.
func exchange(a, b string) error { return unix.RenamexNp(a, b, unix.RENAME_SWAP) }
