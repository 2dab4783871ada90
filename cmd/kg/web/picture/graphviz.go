package picture

import (
	"bytes"
	"compress/gzip"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"runtime"
	"sync"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	wasi "github.com/tetratelabs/wazero/imports/wasi_snapshot_preview1"
)

//go:embed graphviz.wasm.gz
var packed []byte

// memoryPages bounds the memory of one picture: 2,048 pages of 64 KiB. The
// largest that the pages draw takes 2 MB.
const memoryPages = 2048

// Drawer lays out pictures. It is for concurrent use; as many pictures are laid
// out at once as there are processors, the others wait.
type Drawer struct {
	once    sync.Once
	err     error
	runtime wazero.Runtime
	module  wazero.CompiledModule
	interp  bool
	places  chan struct{}
}

// NewDrawer makes a Drawer for many pictures: the first costs half a second of
// compiling, each one some milliseconds.
func NewDrawer() *Drawer {
	return &Drawer{places: make(chan struct{}, runtime.GOMAXPROCS(0))}
}

// NewSingleDrawer makes a Drawer for one picture: nothing is compiled, and each
// costs some tens of milliseconds.
func NewSingleDrawer() *Drawer {
	d := NewDrawer()
	d.interp = true
	return d
}

// Start unpacks and compiles Graphviz, once, so that the first picture need not
// wait for it.
func (d *Drawer) Start() error {
	d.once.Do(func() { d.err = d.compile(context.Background()) })
	return d.err
}

// compiled keeps Graphviz compiled, for all Drawers of a process.
var compiled = sync.OnceValue(wazero.NewCompilationCache)

func (d *Drawer) compile(ctx context.Context) error {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return err
	}
	binary, err := io.ReadAll(z)
	if err != nil {
		return err
	}
	config := wazero.NewRuntimeConfig().WithCompilationCache(compiled())
	if d.interp {
		config = wazero.NewRuntimeConfigInterpreter()
	}
	d.runtime = wazero.NewRuntimeWithConfig(ctx, config.WithMemoryLimitPages(memoryPages).WithCloseOnContextDone(true))
	if _, err := wasi.Instantiate(ctx, d.runtime); err != nil {
		return err
	}
	if d.module, err = d.runtime.CompileModule(ctx, binary); err != nil {
		return err
	}
	// go-graphviz lets plug-ins written in Go be called back; there are none.
	host := d.runtime.NewHostModuleBuilder("env")
	for _, f := range d.module.ImportedFunctions() {
		if module, name, _ := f.Import(); module == "env" {
			missing := api.GoFunc(func(context.Context, []uint64) { panic("Graphviz called " + name) })
			host.NewFunctionBuilder().WithGoFunction(missing, f.ParamTypes(), f.ResultTypes()).Export(name)
		}
	}
	_, err = host.Instantiate(ctx)
	return err
}

// Layout runs Graphviz's dot over a graph in the DOT language and returns its
// output in one of its formats: svg, xdot_json. It returns an error if the graph
// needs more memory than memoryPages, or ctx ends first.
func (d *Drawer) Layout(ctx context.Context, dot, format string) (out []byte, err error) {
	select {
	case d.places <- struct{}{}:
		defer func() { <-d.places }()
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if err := d.Start(); err != nil {
		return nil, fmt.Errorf("starting Graphviz: %w", err)
	}
	m, err := d.runtime.InstantiateModule(ctx, d.module, wazero.NewModuleConfig().WithName(""))
	if err != nil {
		return nil, fmt.Errorf("starting Graphviz: %w", err)
	}
	defer m.Close(context.Background())
	out, err = (&machine{Module: m, ctx: ctx}).layout(dot, format)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("drawing a picture: %w", err)
	}
	return out, nil
}

// machine is one instance of Graphviz. Its first error is kept, and later calls
// do nothing.
type machine struct {
	api.Module
	ctx context.Context
	err error
}

func (m *machine) layout(dot, format string) ([]byte, error) {
	gvc := m.call("getContextWithPlugins", m.plugins(), 1)
	m.call("setError", 3) // no warnings on standard error
	graph := m.call("memRead", m.text(dot))
	if m.err == nil && graph == 0 {
		return nil, errors.New("the graph is not in the DOT language")
	}
	if code := m.call("Context_layout", gvc, graph, m.text("dot")); m.err == nil && code != 0 {
		return nil, errors.New("there is no layout of the graph")
	}
	data, length := m.words(0), m.words(0)
	code := m.call("Context_renderData", gvc, graph, m.text(format), data, length)
	if m.err == nil && code != 0 {
		return nil, fmt.Errorf("there is no format %s", format)
	}
	view := m.read(m.word(m.word(data)), m.word(length))
	return bytes.Clone(view), m.err
}

// plugins returns the list of Graphviz's built-in plug-ins, terminated.
func (m *machine) plugins() uint64 {
	builtIn := m.call("SymList_default")
	count, items := m.word(builtIn), m.word(builtIn+4)
	list := []uint32{}
	for i := range min(count, 16) {
		list = append(list, uint32(m.word(items+8*i)), 0)
	}
	list = append(list, uint32(m.call("SymList_zero")), 0)
	return m.words(uint32(count)+1, uint32(m.words(list...)))
}

// call calls a function of go-graphviz's bridge, which puts its result where
// its last argument points.
func (m *machine) call(name string, args ...uint64) uint64 {
	result := m.words(0)
	f := m.ExportedFunction("wasm_bridge_" + name)
	if m.err == nil && f == nil {
		m.err = fmt.Errorf("calling Graphviz: it has no function %s", name)
	}
	if m.err == nil {
		_, m.err = f.Call(m.ctx, append(args, result)...)
	}
	return m.word(result)
}

// memory copies bytes into the machine's memory, and returns their address.
func (m *machine) memory(b []byte) uint64 {
	if m.err != nil {
		return 0
	}
	at, err := m.ExportedFunction("malloc").Call(m.ctx, uint64(len(b)))
	if err != nil || at[0] == 0 || !m.Memory().Write(uint32(at[0]), b) {
		m.err = errors.Join(err, errors.New("the picture needs more memory than there is"))
		return 0
	}
	return at[0]
}

func (m *machine) text(s string) uint64 { return m.memory(append([]byte(s), 0)) }

func (m *machine) words(list ...uint32) uint64 {
	var b []byte
	for _, w := range list {
		b = append(b, byte(w), byte(w>>8), byte(w>>16), byte(w>>24))
	}
	return m.memory(b)
}

func (m *machine) word(at uint64) uint64 {
	b := m.read(at, 4)
	if len(b) < 4 {
		return 0
	}
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24
}

func (m *machine) read(at, length uint64) []byte {
	if m.err != nil {
		return nil
	}
	b, ok := m.Memory().Read(uint32(at), uint32(length))
	if !ok {
		m.err = errors.New("reading from Graphviz: it pointed outside its memory")
	}
	return b
}
