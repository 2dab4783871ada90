package files

import (
	"fmt"
	"os"
)

// Temp makes a file in the system's temporary folder that has no name, and is gone
// when it is closed and when the process ends, however it ends.
func Temp() (*os.File, error) {
	f, err := unnamed()
	if err != nil {
		return nil, fmt.Errorf("making a temporary file: %w", err)
	}
	return f, nil
}
