package nquads

// NewBlocksOf is NewBlocks with blocks of another size.
var NewBlocksOf = newBlocks
