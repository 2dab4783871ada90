package nquads

import "encoding/binary"

// Text is scanned eight bytes at a time, each byte a lane of a word. A
// test leaves the highest bit of a lane set if its byte passes: x + 0x80 - n
// where x >= n, (x ^ c) + 0x7f where x is not c. No sum carries into the next
// lane while bytes are below 0x80.
const (
	ones  = 0x0101010101010101
	highs = 0x80 * ones
)

// iriLen counts the bytes at the start of b that IRIREF takes as they stand.
func iriLen(b []byte) int {
	n := 0
	for {
		for ; n+8 <= len(b); n += 8 {
			w := binary.LittleEndian.Uint64(b[n:])
			x := w &^ highs
			// Suspects are what is up to the quote, what is from '{' on, the
			// grave accent and, two to a test, '<' with '>' and '\' with '^'.
			y := x | 2*ones
			ok := (x + (0x80-0x23)*ones) &^ (x + (0x80-'{')*ones) &
				((x ^ '`'*ones) + 0x7f*ones) &
				((y ^ '>'*ones) + 0x7f*ones) &
				((y ^ '^'*ones) + 0x7f*ones)
			if (ok|w)&highs != highs {
				break
			}
		}
		// The tail, or the word with a suspect, which '!' and '~' are too.
		end := min(n+8, len(b))
		for n < end && class[b[n]]&iriByte != 0 {
			n++
		}
		if n < end || n == len(b) {
			return n
		}
	}
}

// plainLen counts the bytes at the start of b that are ASCII and stand for
// themselves in a canonical literal.
func plainLen(b []byte) int {
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
