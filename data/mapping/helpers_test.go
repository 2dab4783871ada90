package mapping_test

import (
	"kg/data/internal/datatest"
)

var ontology, file = datatest.Ontology, datatest.File
