package lex

import (
	"bytes"
	"slices"
)

// WellFormed reports whether a text of letters and digits in parts joined by '-' is a
// well-formed language tag of BCP 47 (RFC 5646, 2.1), which RDF requires. It does not
// check that its subtags are registered, which changes with time.
func WellFormed(tag []byte) bool {
	first, rest, more := bytes.Cut(tag, []byte("-"))
	switch n := len(first); {
	case !more:
		return n >= 2 && n <= 8
	case (first[0]|0x20) == 'x' && n == 1:
		return privateUse(rest)
	case n < 2 || n > 8:
		return irregular(tag)
	}
	s := subtags{least: extended}
	if len(first) > 3 {
		s.least = script
	}
	for more {
		var part []byte
		part, rest, more = bytes.Cut(rest, []byte("-"))
		if len(part) == 1 {
			if (part[0] | 0x20) == 'x' {
				return s.complete() && more && privateUse(rest)
			}
			if !s.complete() {
				return false
			}
			s = subtags{least: extension}
			continue
		}
		if !s.take(part) {
			return irregular(tag)
		}
	}
	return s.complete()
}

// The sorts of subtags behind the language, in the order they may come in.
const (
	extended = iota // up to three of them
	script
	region
	variant   // any number, as of extensions
	extension // after a singleton, which is not counted here
)

// subtags are those of a tag that were read so far.
type subtags struct {
	least int // the first sort that may come
	count int // of extended ones, or of those behind the last singleton
}

// complete reports whether a tag may end here, or go on with a singleton.
func (s *subtags) complete() bool { return s.least < extension || s.count > 0 }

// take takes the next subtag, which is longer than one, if it may come.
func (s *subtags) take(part []byte) bool {
	n, letters := len(part), run(part, letter) == len(part)
	digit := class[part[0]]&letter == 0
	digits := digit && !bytes.ContainsFunc(part, func(r rune) bool { return r > '9' })
	switch {
	case s.least == extension:
		s.count++
		return n <= 8
	case n == 3 && letters && s.least == extended:
		if s.count++; s.count == 3 {
			s.least = script
		}
	case n == 4 && letters && s.least <= script:
		s.least = region
	case (n == 2 && letters || n == 3 && digits) && s.least <= region:
		s.least = variant
	case n >= 5 && n <= 8 || n == 4 && digit:
		s.least = variant
	default:
		return false
	}
	return true
}

// privateUse reports whether all subtags have one to eight characters.
func privateUse(rest []byte) bool {
	for part := range bytes.SplitSeq(rest, []byte("-")) {
		if len(part) > 8 {
			return false
		}
	}
	return true
}

// irregulars are the tags that the grammar has apart, for they are older.
var irregulars = []string{
	"en-gb-oed", "i-ami", "i-bnn", "i-default", "i-enochian", "i-hak", "i-klingon", "i-lux", "i-mingo",
	"i-navajo", "i-pwn", "i-tao", "i-tay", "i-tsu", "sgn-be-fr", "sgn-be-nl", "sgn-ch-de",
}

func irregular(tag []byte) bool {
	return len(tag) <= 10 && slices.Contains(irregulars, string(bytes.ToLower(tag)))
}
