package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// configureVirtuoso writes the settings: the buffers that its manual advises for 2 GB,
// no limits of time and rows.
func (s *server) configureVirtuoso(port string) error {
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
ServerPort = 127.0.0.1:%s
DirsAllowed = %s
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
CheckpointInterval = 0
ThreadsPerQuery = 2
[HTTPServer]
ServerPort = 127.0.0.1:%s
ServerRoot = .
ServerThreads = 10
[SPARQL]
ResultSetMaxRows = 100000000
MaxQueryCostEstimationTime = 0
MaxQueryExecutionTime = 0
`, s.sqlPort, s.files, port)
	return os.WriteFile(filepath.Join(s.dir, "virtuoso.ini"), []byte(settings), 0o666)
}

// loadVirtuoso starts the server, has it load the file, and stops it. Each line's
// graph is taken from the line.
func (s *server) loadVirtuoso(file string) (err error) {
	s.files = filepath.Dir(file)
	if err := s.Open(); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	return s.run([]string{"isql-vt", "127.0.0.1:" + s.sqlPort, "dba", "dba", "ERRORS=STDOUT",
		fmt.Sprintf("EXEC=ld_dir('%s', '%s', 'urn:none'); rdf_loader_run(); checkpoint;", filepath.Dir(file), filepath.Base(file))}, nil)
}
