//go:build !race

package js

import "time"

// matchTime bounds one match of a regular expression.
const matchTime = 50 * time.Millisecond
