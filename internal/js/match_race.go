//go:build race

package js

import "time"

// matchTime bounds one match of a regular expression, which the race detector
// slows tenfold.
const matchTime = time.Second
