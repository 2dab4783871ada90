package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
)

// configureVirtuoso writes the settings: a quarter of the rows in memory that the
// manual advises for 8 GB, all limits of time and rows off. The port of SQL, which
// loads, is the one below that of HTTP.
func configureVirtuoso(dir, port, files string) error {
	http, err := strconv.Atoi(port)
	if err != nil {
		return err
	}
	settings := fmt.Sprintf(`[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx
[Parameters]
ServerPort = 127.0.0.1:%d
DirsAllowed = %s
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
CheckpointInterval = 0
ThreadsPerQuery = 2
[HTTPServer]
ServerPort = 127.0.0.1:%d
ServerRoot = .
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 100000000
MaxQueryCostEstimationTime = 0
MaxQueryExecutionTime = 0
`, http-1, files, http)
	return os.WriteFile(filepath.Join(dir, "virtuoso.ini"), []byte(settings), 0o666)
}

// loadVirtuoso starts the server, has it load the file, and stops it. Each line's
// graph is taken from the line.
func (s *server) loadVirtuoso(file string) (err error) {
	if err := s.Open(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	var port int
	if _, err := fmt.Sscanf(s.endpoint, "http://127.0.0.1:%d", &port); err != nil {
		return err
	}
	return s.run([]string{"isql-vt", fmt.Sprintf("127.0.0.1:%d", port-1), "dba", "dba", "ERRORS=STDOUT",
		fmt.Sprintf("EXEC=ld_dir('%s', '%s', 'urn:none'); rdf_loader_run(); checkpoint;", filepath.Dir(file), filepath.Base(file))}, nil)
}
