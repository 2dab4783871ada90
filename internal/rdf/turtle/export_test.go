package turtle

// SetWindow makes a Reader read so many bytes at once and hold no more than most.
func (r *Reader) SetWindow(size, most int) { r.size, r.most = size, most }
