package lex

import (
	"encoding/binary"
	"math/bits"
)

// Text is scanned eight bytes at a time, each byte a lane of a word. A
// test leaves the highest bit of a lane set if its byte passes: x + 0x80 - n
// where x >= n, (x ^ c) + 0x7f where x is not c. No sum carries into the next
// lane while bytes are below 0x80.
const (
	ones  = 0x0101010101010101
	highs = 0x80 * ones
)

// IRILen counts the bytes at the start of b that IRIREF takes as they stand.
func IRILen(b []byte) int {
	n := 0
	for n+8 <= len(b) {
		w := binary.LittleEndian.Uint64(b[n:])
		x := w &^ highs
		// Suspects are the bytes up to the quote, those from '{' on, the grave accent
		// and, two to a test, '<' with '>' and '\\' with '^'.
		y := x | 2*ones
		ok := (x + (0x80-0x23)*ones) &^ (x + (0x80-'{')*ones) &
			((x ^ '`'*ones) + 0x7f*ones) &
			((y ^ '>'*ones) + 0x7f*ones) &
			((y ^ '^'*ones) + 0x7f*ones)
		suspects := highs &^ (ok | w)
		if suspects == 0 {
			n += 8
			continue
		}
		n += bits.TrailingZeros64(suspects) / 8
		if class[b[n]]&iriByte == 0 {
			return n
		}
		n++ // '!' and '~' are suspects too, and innocent
	}
	return n + run(b[n:], iriByte)
}

// PlainLen counts the bytes at the start of b that are ASCII and stand for
// themselves in a canonical literal.
func PlainLen(b []byte) int {
	n := 0
	for ; n+8 <= len(b); n += 8 {
		x := binary.LittleEndian.Uint64(b[n:])
		ok := (x + (0x80-' ')*ones) &^ x &^ (x + ones) &
			((x ^ '"'*ones) + 0x7f*ones) &
			((x ^ '\\'*ones) + 0x7f*ones)
		if ok&highs != highs {
			break
		}
	}
	for n < len(b) && b[n] < 0x80 && class[b[n]]&escaped == 0 {
		n++
	}
	return n
}
