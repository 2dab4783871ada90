package term

import (
	"bytes"
	"errors"
	"math"
	"strconv"
)

// number is a decimal number of any size: 0.digits times ten to the exp, with
// a sign. It has no leading and no trailing zero, and no digits if it is 0 or
// infinite.
type number struct {
	neg    bool
	inf    bool
	digits []byte // ASCII
	exp    int
}

func (n number) zero() bool { return len(n.digits) == 0 && !n.inf }

// A number's value in a key is a header, which holds its sign and its exponent
// to the base 100, and its digits to that base: twice a digit, plus 1 if more
// follow. The bytes of a negative number are the complement of those of its
// opposite. So no value is the beginning of another's, and bytes are in order.
//
//	7      C1 0E
//	1234.5 C2 19 45 64
const (
	headZero = 0x80
	headOne  = 0xC0 // plus the exponent, from leastHead to mostHead
	headTiny = 0x81 // and three bytes of exponent, plus wide
	headHuge = 0xFD // and three bytes of exponent, plus wide
	headInf  = 0xFF

	leastHead = -0x3E
	mostHead  = 0x3C

	// wide bounds the exponents of all numbers; a number beyond, a text of millions of
	// digits, is stored as a text.
	wide = 1 << 23
)

// appendNumber appends the value of a number. It is not ok if that is beyond
// all bounds.
func appendNumber(dst []byte, n number) (key []byte, ok bool) {
	start := len(dst)
	exp := (n.exp + 1) >> 1
	switch {
	case n.inf:
		dst = append(dst, headInf)
	case n.zero():
		return append(dst, headZero), true
	case exp <= -wide || exp >= wide:
		return dst, false
	case exp < leastHead:
		dst = append(dst, headTiny, byte((exp+wide)>>16), byte((exp+wide)>>8), byte(exp+wide))
	case exp > mostHead:
		dst = append(dst, headHuge, byte((exp+wide)>>16), byte((exp+wide)>>8), byte(exp+wide))
	default:
		dst = append(dst, byte(headOne+exp))
	}
	dst = appendPairs(dst, n.digits, n.exp&1)
	if n.neg {
		for i := start; i < len(dst); i++ {
			dst[i] = ^dst[i]
		}
	}
	return dst, true
}

// appendPairs appends digits, two to a byte, after a leading zero if odd is 1.
func appendPairs(dst, digits []byte, odd int) []byte {
	for i := -odd; i < len(digits); i += 2 {
		pair := byte(0)
		if i >= 0 {
			pair = 10 * (digits[i] - '0')
		}
		if i+1 < len(digits) {
			pair += digits[i+1] - '0'
		}
		pair *= 2
		if i+2 < len(digits) {
			pair++
		}
		dst = append(dst, pair)
	}
	return dst
}

var errKey = errors.New("reading the key of a term: expected a key, found other bytes")

// cutNumber decodes the value at the start of a key, with scratch for its digits, and
// returns the bytes after it.
func cutNumber(key, scratch []byte) (n number, rest []byte, err error) {
	if len(key) == 0 {
		return n, nil, errKey
	}
	if key[0] == headZero {
		return n, key[1:], nil
	}
	flip := byte(0)
	if n.neg = key[0] < headZero; n.neg {
		flip = 0xFF
	}
	head := int(key[0] ^ flip)
	key = key[1:]
	if head == headInf {
		n.inf = true
		return n, key, nil
	}
	exp := head - headOne
	if exp < leastHead || exp > mostHead {
		if head != headTiny && head != headHuge || len(key) < 3 {
			return n, nil, errKey
		}
		exp = int(key[0]^flip)<<16 + int(key[1]^flip)<<8 + int(key[2]^flip) - wide
		key = key[3:]
		if (head == headTiny) != (exp < leastHead) || (head == headHuge) != (exp > mostHead) {
			return n, nil, errKey
		}
	}
	digits, rest, err := cutPairs(key, flip, scratch)
	if err != nil || digits[0] == '0' && digits[1] == '0' {
		return n, nil, errKey
	}
	n.exp = 2 * exp
	if digits[0] == '0' {
		digits = digits[1:]
		n.exp--
	}
	n.digits = digits
	return n, rest, nil
}

// cutPairs reads digits that appendPairs wrote, one of them at least, without
// the trailing zero that makes them even.
func cutPairs(key []byte, flip byte, scratch []byte) (digits, rest []byte, err error) {
	for i, b := range key {
		b ^= flip
		if b >= 200 {
			break
		}
		scratch = append(scratch, '0'+b/20, '0'+b/2%10)
		if b&1 == 0 {
			if b == 0 {
				break
			}
			return bytes.TrimSuffix(scratch, []byte{'0'}), key[i+1:], nil
		}
	}
	return nil, nil, errKey
}

// parseNumber returns the value of a literal, with scratch for its digits, and reports
// whether it is plainly in canonical form, which spares a search for other spellings. ok
// is false if the literal has no value: NaN and texts outside the lexical space.
func parseNumber(d datatype, text, scratch []byte) (n number, plain, ok bool) {
	if d == double || d == float {
		n, ok = parseFloat(d, text, scratch)
		return n, false, ok
	}
	neg, rest := cutSign(text)
	whole := digitsLen(rest)
	plain = whole > 0 && (rest[0] != '0' || whole == 1) && text[0] != '+'
	if whole == len(rest) {
		n = makeNumber(neg, rest, whole)
		plain = plain && (rest[0] != '0' || !neg)
		return n, plain, whole > 0 && (d == decimal || d.holds(n))
	}
	if d != decimal || rest[whole] != '.' || len(rest) == 1 || digitsLen(rest[whole+1:]) < len(rest)-whole-1 {
		return n, false, false
	}
	n = makeNumber(neg, append(append(scratch, rest[:whole]...), rest[whole+1:]...), whole)
	last := rest[len(rest)-1]
	return n, plain && '0' < last && last <= '9', true
}

// makeNumber gives 0.digits times ten to the exp.
func makeNumber(neg bool, digits []byte, exp int) number {
	for len(digits) > 0 && digits[0] == '0' {
		digits = digits[1:]
		exp--
	}
	for len(digits) > 0 && digits[len(digits)-1] == '0' {
		digits = digits[:len(digits)-1]
	}
	if len(digits) == 0 {
		return number{}
	}
	return number{neg: neg, digits: digits, exp: exp}
}

func cutSign(text []byte) (neg bool, rest []byte) {
	if len(text) > 0 && (text[0] == '-' || text[0] == '+') {
		return text[0] == '-', text[1:]
	}
	return false, text
}

// digitsLen counts the digits at the start of b.
func digitsLen(b []byte) int {
	n := 0
	for n < len(b) && b[n]-'0' <= 9 {
		n++
	}
	return n
}

// parseFloat does the same for a float or double: the shortest decimal that
// rounds to the value is the value here.
func parseFloat(d datatype, text, scratch []byte) (n number, ok bool) {
	neg, rest := cutSign(text)
	if string(rest) == "INF" {
		return number{neg: neg, inf: true}, true
	}
	if !isFloat(rest) {
		return n, false
	}
	bits := 64
	if d == float {
		bits = 32
	}
	// The only error left is a value beyond the range, given as infinite.
	v, _ := strconv.ParseFloat(string(text), bits)
	if math.IsInf(v, 0) {
		return number{neg: v < 0, inf: true}, true
	}
	return shortest(v, bits, scratch), true
}

// isFloat reports whether Go, which reads more, reads a text as XML Schema does.
func isFloat(text []byte) bool {
	whole := digitsLen(text)
	text = text[whole:]
	if len(text) > 0 && text[0] == '.' {
		fraction := digitsLen(text[1:])
		whole += fraction
		text = text[1+fraction:]
	}
	if whole == 0 || len(text) == 0 {
		return whole > 0
	}
	if text[0] != 'e' && text[0] != 'E' {
		return false
	}
	_, exponent := cutSign(text[1:])
	return len(exponent) > 0 && digitsLen(exponent) == len(exponent)
}

// shortest is the number of the fewest digits that rounds to v.
func shortest(v float64, bits int, scratch []byte) number {
	text := strconv.AppendFloat(scratch, v, 'e', -1, bits)
	neg, text := cutSign(text)
	e := bytes.IndexByte(text, 'e')
	exp, _ := strconv.Atoi(string(text[e+1:]))
	digits := text[:e]
	if e > 1 {
		// d.ddd becomes dddd.
		text[1] = text[0]
		digits = text[1:e]
	}
	return makeNumber(neg, digits, exp+1)
}
