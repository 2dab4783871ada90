package graph
import _ "github.com/rogpeppe/go-internal/testscript"
