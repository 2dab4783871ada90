package bulk_test

import "kg/graph/internal/store/storetest"

// Short names of what many tests use.
var (
	files        = storetest.Files
	folderOf     = storetest.Folder
	add          = storetest.Add
	canonical    = storetest.Canonical
	contents     = storetest.Contents
	del          = storetest.Del
	exported     = storetest.Exported
	importBeside = storetest.ImportBeside
	mustApply    = storetest.Apply
	mustImport   = storetest.Import
	mustOpen     = storetest.MustOpen
	newPath      = storetest.Path
	newStore     = storetest.New
	numbered     = storetest.Numbered
	properQuad   = storetest.ProperQuad
	spell        = storetest.Spell
	text         = storetest.Text
	verify       = storetest.Verify
)
