package queries_test

import (
	"os"
	"testing"

	"kg/internal/pgtest"
)

func TestMain(m *testing.M) { os.Exit(pgtest.Main{M: m}.Run()) }
