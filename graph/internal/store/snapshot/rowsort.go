package snapshot

import "math/bits"

const (
	digitBits = 11
	smallSort = 24 // rows that insertion sorts quicker than digits do
)

// sortRows sorts rows; scratch must be as long. Rows are sorted by their first
// column by digits, then each group of one first column, most of which are
// small.
func sortRows(rows, scratch []row) {
	if rowsSorted(rows) {
		return
	}
	sortByDigits(rows, scratch, 0xffffffff<<32, 0)
	for i := 0; i < len(rows); {
		j := i + 1
		for lead := rows[i].a >> 32; j < len(rows) && rows[j].a>>32 == lead; j++ {
		}
		switch g := rows[i:j]; {
		case len(g) <= smallSort:
			insertRows(g)
		case !rowsSorted(g):
			sortByDigits(g, scratch, 0xffffffff, ^uint64(0))
		}
		i = j
	}
}

func rowsSorted(rows []row) bool {
	for i := 1; i < len(rows); i++ {
		if rows[i].less(rows[i-1]) {
			return false
		}
	}
	return true
}

func insertRows(rows []row) {
	for i := 1; i < len(rows); i++ {
		r, j := rows[i], i
		for ; j > 0 && r.less(rows[j-1]); j-- {
			rows[j] = rows[j-1]
		}
		rows[j] = r
	}
}

// sortByDigits sorts rows, in a stable way, by the bits that maskA and maskB
// select and in which they differ, from the lowest digit to the highest.
func sortByDigits(rows, scratch []row, maskA, maskB uint64) {
	var diffA, diffB uint64
	for _, r := range rows {
		diffA |= r.a ^ rows[0].a
		diffB |= r.b ^ rows[0].b
	}
	src, dst := rows, scratch[:len(rows)]
	for diff := diffB & maskB; diff != 0; {
		shift, rest := nextDigit(diff)
		diff = rest
		digitPassB(src, dst, shift)
		src, dst = dst, src
	}
	for diff := diffA & maskA; diff != 0; {
		shift, rest := nextDigit(diff)
		diff = rest
		digitPassA(src, dst, shift)
		src, dst = dst, src
	}
	if len(rows) > 0 && &src[0] != &rows[0] {
		copy(rows, src)
	}
}

// nextDigit returns where the lowest digit with a bit in diff begins, and the rest of
// diff.
func nextDigit(diff uint64) (shift uint, rest uint64) {
	shift = uint(bits.TrailingZeros64(diff))
	return shift, diff &^ ((1<<digitBits - 1) << shift)
}

func digitPassA(src, dst []row, shift uint) {
	var n [1 << digitBits]uint32
	for i := range src {
		n[src[i].a>>shift&(1<<digitBits-1)]++
	}
	sumUp(&n)
	for _, r := range src {
		d := r.a >> shift & (1<<digitBits - 1)
		dst[n[d]] = r
		n[d]++
	}
}

func digitPassB(src, dst []row, shift uint) {
	var n [1 << digitBits]uint32
	for i := range src {
		n[src[i].b>>shift&(1<<digitBits-1)]++
	}
	sumUp(&n)
	for _, r := range src {
		d := r.b >> shift & (1<<digitBits - 1)
		dst[n[d]] = r
		n[d]++
	}
}

// sumUp makes counts the indexes where their digits begin.
func sumUp(n *[1 << digitBits]uint32) {
	sum := uint32(0)
	for i, v := range n {
		n[i] = sum
		sum += v
	}
}
