package snapshot

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
)

// finisher is the work of Finish.
type finisher struct {
	*Builder
	ctx             context.Context
	h               header
	out             *output
	preds, labs     *idSet // terms that are predicates, labels (None is 0)
	progress        func(done, total uint64)
	done, total     uint64
	subjects        *spool
	objects         *spool
	byObj           *sorter // rows (object, predicate rank, subject, label rank)
	byPred, byLab   *sorter // runs (rank, first row in two halves, length)
	predRun, labRun positions
}

// Finish writes the snapshot to path, which must not exist, and syncs it; to
// rename it and to sync its folder is the caller's. All batches must have been
// closed. When it fails, also by the end of ctx, there is no file at path,
// except that one which was there before stays. progress may be nil; done and
// total count steps of work.
func (b *Builder) Finish(ctx context.Context, path string, progress func(done, total uint64)) (err error) {
	runs, err := b.begin()
	if err != nil {
		return err
	}
	file, err := b.create(path)
	if err != nil {
		return fmt.Errorf("creating snapshot %q: %w", path, cause(err))
	}
	f := &finisher{Builder: b, ctx: ctx, progress: progress}
	f.out = newOutput(file, path, &f.h)
	defer func() {
		f.stop()
		if e := file.Close(); e != nil && err == nil {
			err = fmt.Errorf("closing snapshot %q: %w", path, cause(e))
		}
		if err != nil {
			if e := b.remove(path); e != nil && !errors.Is(e, fs.ErrNotExist) {
				err = fmt.Errorf("%w (and the unfinished file could not be removed: %v)", err, e)
			}
		}
	}()
	return f.write(runs)
}

// write makes the sections in the order of the file.
func (f *finisher) write(runs []batchRun) error {
	for _, r := range runs {
		f.total += uint64(r.keys.n) + 3*uint64(r.rows.n)
	}
	maps, err := f.dictionary(runs)
	if err != nil {
		return err
	}
	rows, err := f.numberRows(runs, maps)
	if err != nil {
		return err
	}
	for _, step := range []func() error{
		f.tables,
		func() error { return f.subjectRows(rows) },
		f.objectRows,
		f.predicateRows,
		f.labelRuns,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	return f.out.finish()
}

// stop waits for the background work.
func (f *finisher) stop() {
	for _, s := range []*sorter{f.byObj, f.byPred, f.byLab} {
		if s != nil {
			s.stop()
		}
	}
}

// step reports progress.
func (f *finisher) step(n int) {
	f.done = min(f.done+uint64(n), f.total)
	if f.progress != nil {
		f.progress(f.done, f.total)
	}
}

// dictionary merges the keys of all runs and writes them. It returns, for each
// run, the IDs of its keys: numbers of four bytes.
func (f *finisher) dictionary(runs []batchRun) ([]*blob, error) {
	keys := make([]*keyRun, len(runs))
	maps := make([]*blob, len(runs))
	for i, r := range runs {
		keys[i], maps[i] = r.keys, f.scratch.newBlob()
	}
	offsets := f.scratch.newSpool()
	w := &dictWriter{out: f.out, offsets: &offsets.framesWriter}
	f.out.begin(secDictionary)
	var buf []byte
	err := f.mergeKeys(f.ctx, keys, func(p *keyPiece) error {
		if len(p.ends) > maxTerms-int(f.h.terms) {
			return fmt.Errorf("writing snapshot %q: more than %d terms; split the graph over several stores", f.out.path, maxTerms)
		}
		from := 0
		for _, end := range p.ends {
			w.add(p.keys[from:end])
			from = end
		}
		for i, ranks := range p.ranks {
			buf = buf[:0]
			for _, r := range ranks {
				buf = binary.LittleEndian.AppendUint32(buf, f.h.terms+1+r)
			}
			maps[i].put(buf)
			f.step(len(ranks))
		}
		f.h.terms += uint32(len(p.ends))
		return f.out.err
	})
	if err != nil {
		return nil, err
	}
	w.finish()
	for i, r := range keys {
		r.blob.free()
		if err := maps[i].finish(); err != nil {
			return nil, err
		}
	}
	if err := f.out.end(secDictionary); err != nil {
		return nil, err
	}
	return maps, offsets.writeTo(f.out, secDictionaryOffsets)
}

// tables writes the IDs that are predicates and labels.
func (f *finisher) tables() error {
	for i, set := range []*idSet{f.preds, f.labs} {
		set.seal()
		section := secPredicates + i
		f.out.begin(section)
		var p [4]byte
		set.each(func(id uint32) {
			binary.LittleEndian.PutUint32(p[:], id)
			f.out.put(p[:])
		})
		if err := f.out.end(section); err != nil {
			return err
		}
	}
	f.h.predicates, f.h.labels = f.preds.n, f.labs.n
	return nil
}
