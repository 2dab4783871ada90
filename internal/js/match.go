package js

import "time"

// matchTime bounds one match of a regular expression, which nothing else can interrupt.
// It is by the clock, so it is far more than a match needs where the machine is busy.
const matchTime = time.Second
