package nquads

// NewBlocksOf is NewBlocks with blocks of another size.
var NewBlocksOf = newBlocks

// Len is the size of the block in bytes, each line end counted as one.
func (b *Block) Len() int { return len(b.text) }
