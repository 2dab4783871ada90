package main

import "github.com/docker/go-units"

// byteSize is a flag for a number of bytes, written as 512MB or 1.5GiB; both
// count by 1024.
type byteSize int64

func (b *byteSize) String() string { return units.BytesSize(float64(*b)) }

func (b *byteSize) Type() string { return "size" }

func (b *byteSize) Set(text string) error {
	n, err := units.RAMInBytes(text)
	if err != nil {
		return usagef("expected a size such as 512MB or 2GB, found %q", text)
	}
	*b = byteSize(n)
	return nil
}
