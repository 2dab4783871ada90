package term

import (
	"bytes"
	"strconv"
)

// mostZeros is how many zeros at the end of a decimal a key can count.
const mostZeros = 0x1F

// appendForm appends the datatype and, if text is not the canonical form of n, the
// difference: for a decimal the number of zeros it adds at the end, as in 7.00 and 1.50,
// if that is all; otherwise the text. The first byte of a text is a sign, a point, a
// digit or a letter, and beyond any number of zeros.
func appendForm(dst []byte, n number, d datatype, text []byte) []byte {
	dst = append(dst, byte(d))
	mark := len(dst)
	dst = appendCanonical(dst, n, d)
	canonical := dst[mark:]
	if bytes.Equal(canonical, text) {
		return dst[:mark]
	}
	if zeros := addedZeros(n, canonical, text); d == decimal && zeros > 0 {
		return append(dst[:mark], byte(zeros))
	}
	return append(dst[:mark], text...)
}

// addedZeros counts the zeros that make text of the canonical form of a
// decimal; it gives 0 if something else does, or more than a key can count.
func addedZeros(n number, canonical, text []byte) int {
	zeros, ok := bytes.CutPrefix(text, canonical)
	if ok && n.exp >= len(n.digits) {
		zeros, ok = bytes.CutPrefix(zeros, []byte{'.'})
	}
	if !ok || len(zeros) > mostZeros || len(bytes.Trim(zeros, "0")) > 0 {
		return 0
	}
	return len(zeros)
}

// cutForm returns the text of a number and its datatype from the bytes after the value in
// a key. The text is in scratch or in form.
func cutForm(n number, form, scratch []byte) (d datatype, text []byte, err error) {
	if len(form) == 0 || datatype(form[0]).class() != classNumber || form[0] == 0 {
		return 0, nil, errKey
	}
	d, form = datatype(form[0]), form[1:]
	if len(form) > 0 && form[0] > mostZeros {
		return d, form, nil
	}
	if d != double && d != float && (n.inf || d != decimal && n.exp < len(n.digits)) {
		return 0, nil, errKey
	}
	text = appendCanonical(scratch, n, d)
	switch {
	case len(form) == 0:
		return d, text, nil
	case len(form) > 1 || d != decimal || form[0] == 0:
		return 0, nil, errKey
	}
	if n.exp >= len(n.digits) {
		text = append(text, '.')
	}
	return d, appendZeros(text, int(form[0])), nil
}

// appendCanonical appends the canonical form: that of XML Schema 1.1, part 2,
// which for double is that of package nquads. Only a float or a double may be
// infinite, and an integer has no fraction.
func appendCanonical(dst []byte, n number, d datatype) []byte {
	if n.neg {
		dst = append(dst, '-')
	}
	switch {
	case n.inf:
		return append(dst, "INF"...)
	case d == double || d == float:
		return appendScientific(dst, n)
	case n.zero():
		return append(dst, '0')
	case n.exp <= 0:
		dst = appendZeros(append(dst, "0."...), -n.exp)
		return append(dst, n.digits...)
	case n.exp >= len(n.digits):
		return appendZeros(append(dst, n.digits...), n.exp-len(n.digits))
	}
	dst = append(append(dst, n.digits[:n.exp]...), '.')
	return append(dst, n.digits[n.exp:]...)
}

func appendScientific(dst []byte, n number) []byte {
	if n.zero() {
		return append(dst, "0.0E0"...)
	}
	dst = append(dst, n.digits[0], '.')
	if len(n.digits) > 1 {
		dst = append(dst, n.digits[1:]...)
	} else {
		dst = append(dst, '0')
	}
	return strconv.AppendInt(append(dst, 'E'), int64(n.exp-1), 10)
}

func appendZeros(dst []byte, n int) []byte {
	for range n {
		dst = append(dst, '0')
	}
	return dst
}
