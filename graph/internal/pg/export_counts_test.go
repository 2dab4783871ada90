package pg

import "github.com/jackc/pgx/v5"

// SetMostSurplus changes how many rows of counts lead to a roll-up, and gives what it was.
func SetMostSurplus(n int64) (was int64) {
	was, mostSurplus = mostSurplus, n
	return was
}

// SetRolling has a function called within each roll-up, before its end.
func SetRolling(do func(*pgx.Conn)) { rolling = do }

// Upkeep is the lock of those who roll up.
const Upkeep = upkeep
