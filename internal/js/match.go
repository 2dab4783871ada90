package js

import "time"

// matchTime bounds one match of a regular expression, which nothing else can interrupt.
// It is wall time, so it is far more than a match needs, for busy machines.
const matchTime = time.Second
