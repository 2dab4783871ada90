package main

import (
	"math"

	"github.com/dustin/go-humanize"
)

// byteSize is a flag for a number of bytes, written as 512MB, which counts by
// 1000, or 1.5GiB, which counts by 1024.
type byteSize int64

func (b *byteSize) String() string { return humanize.IBytes(uint64(*b)) }

func (b *byteSize) Type() string { return "size" }

func (b *byteSize) Set(text string) error {
	n, err := humanize.ParseBytes(text)
	if err != nil || n > math.MaxInt64 {
		return usagef("expected a size such as 512MB or 2GiB, found %q", text)
	}
	*b = byteSize(n)
	return nil
}
