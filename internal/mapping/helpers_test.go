package mapping_test

import (
	"kg/internal/datatest"
)

var ontology, file = datatest.Ontology, datatest.File
