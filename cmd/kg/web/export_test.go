package web

// For tests of what pages are made of.
var (
	Accepts = accepts
	Cut     = cut
)

type (
	ClaimLine = claimLine
)
