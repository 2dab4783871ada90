package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"kg/cmd/kg/web"
	"kg/graph"
)

type serveFlags struct {
	addr     string
	hosts    []string
	writable bool
	open     bool
	claims   string       // the folder of the desk
	bounds   graph.Bounds // of one request and its query
}

func newServe(a *app) *cobra.Command {
	limits := web.DefaultLimits()
	_, manual := topic("serve")
	f := serveFlags{bounds: graph.Bounds{Timeout: limits.Time, Memory: 256 << 20}}
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Serve the graph and the answers of queries as web pages",
		Long:  manual,
		Args:  takes(0, 0, ""),
		RunE:  func(cmd *cobra.Command, _ []string) error { return a.serve(cmd, f) },
	}
	cmd.Flags().StringVar(&f.addr, "addr", "127.0.0.1:64210", "the `address` and port to listen on; port 0 takes a free one")
	cmd.Flags().StringSliceVar(&f.hosts, "host", nil, "a `name` of the server besides localhost")
	cmd.Flags().BoolVar(&f.writable, "writable", false, "allow writing with the token that it prints")
	cmd.Flags().StringVar(&f.claims, "claims", "", "a `folder` of claims files to write at the desk, with --writable (kg help desk)")
	cmd.Flags().BoolVar(&f.open, "open", false, "open the address in a browser")
	cmd.Flags().DurationVar(&f.bounds.Timeout, "timeout", f.bounds.Timeout, "the `time` limit of a request, its query included")
	cmd.Flags().Var((*byteSize)(&f.bounds.Memory), "max-memory", "the `memory` limit of all queries together, such as 512MB or 2GB")
	a.settings.addAuthor(cmd)
	a.settings.addDecisions(cmd)
	return cmd
}

// check validates the flags, and returns the host to listen on.
func (f serveFlags) check() (host string, err error) {
	if host, _, err = net.SplitHostPort(f.addr); err != nil {
		return "", usagef("--addr %q: expected an address and a port such as 127.0.0.1:64210: %w", f.addr, err)
	}
	if f.claims != "" && !f.writable {
		return "", usagef("--claims %q is for writing claims files at the desk: it needs --writable", f.claims)
	}
	return host, checkBounds(f.bounds)
}

// checkBounds validates the bounds of a server.
func checkBounds(b graph.Bounds) error {
	switch {
	case b.Timeout <= 0:
		return usagef("--timeout takes a time such as 15s, not %s: a server needs a bound", b.Timeout)
	case b.Memory <= 0:
		return usagef("--max-memory takes a size such as 256MB, not %d: a server needs a bound", b.Memory)
	}
	return nil
}

func (a *app) serve(cmd *cobra.Command, f serveFlags) error {
	host, err := f.check()
	if err != nil {
		return err
	}
	a.bounds = f.bounds
	set, err := a.queries()
	if err != nil {
		return err
	}
	a.warnOf(set.Mistakes())
	if a.settings.text != "" {
		if _, err := os.Stat(a.settings.text); err != nil {
			return fmt.Errorf("reading the texts of sources: %w", err)
		}
	}
	live, err := a.openServed(f.writable)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", f.addr)
	if err != nil {
		return fmt.Errorf("listening on %s: %w: --addr takes another address", f.addr, err)
	}
	options := web.Options{
		View:    live.view,
		Version: live.version,
		Ready:   live.ready,
		Hash:    live.hash,
		Queries: set,
		Text:    a.settings.text,
		Drawer:  a.drawer(),
		Hosts:   append(f.hosts, ownNames(host)...),
		Limits:  web.DefaultLimits(),
		Log:     slog.New(slog.NewTextHandler(a.err, nil)),
	}
	options.Limits.Time = f.bounds.Timeout
	if f.writable {
		options.Token = web.NewToken()
		options.Decide, options.Author = live.decide, strings.TrimSpace(a.settings.author)
	}
	if options.Mounts, err = live.cayley(options); err != nil {
		return err
	}
	options.Mounts = append(options.Mounts, live.assistants(options))
	if f.claims != "" {
		mount, err := live.desk(f.claims, options)
		if err != nil {
			return errors.Join(err, listener.Close())
		}
		options.Mounts = append(options.Mounts, mount)
	}
	a.welcome(f, host, listener, options.Token)
	return a.run(cmd.Context(), listener, options)
}

// ownNames returns the names of a server on host: host itself and, if others can reach
// it, this machine's name.
func ownNames(host string) []string {
	list := []string{host}
	if name, err := os.Hostname(); err == nil && !loopback(host) {
		list = append(list, name)
	}
	return list
}

func loopback(host string) bool {
	addr, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && addr.IsLoopback()
}

// welcome prints the server's addresses, and who can reach them.
func (a *app) welcome(f serveFlags, host string, listener net.Listener, token string) {
	at := "http://" + listener.Addr().String()
	if ip, err := netip.ParseAddr(host); host == "" || err == nil && ip.IsUnspecified() {
		_, port, _ := net.SplitHostPort(listener.Addr().String())
		at = "http://localhost:" + port
	}
	fmt.Fprintf(a.out, "%s/\n", at)
	if token != "" {
		fmt.Fprintf(a.out, "%s%s\n", at, web.LoginPath(token))
		fmt.Fprintln(a.err, "whoever opens the second address can write: keep it secret")
	}
	if !loopback(host) {
		fmt.Fprintf(a.err, "warning: %s can be reached from other machines, without encryption: anyone who reaches it sees the whole graph\n", f.addr)
	}
	if f.open {
		if err := openBrowser(at + "/"); err != nil {
			fmt.Fprintf(a.err, "could not open a browser: %v\n", err)
		}
	}
}

// openBrowser asks the system to open an address.
func openBrowser(address string) error {
	command := map[string][]string{"darwin": {"open"}, "windows": {"rundll32", "url.dll,FileProtocolHandler"}}[runtime.GOOS]
	if command == nil {
		command = []string{"xdg-open"}
	}
	return exec.Command(command[0], append(command[1:], address)...).Start()
}

// stopping is the time that the server takes to stop: running requests have half of it
// to finish, and are then cancelled.
const stopping = time.Second

// run serves until ctx ends or SIGTERM comes, as from a service manager, and then stops.
// This end is no failure, so run returns no error.
func (a *app) run(ctx context.Context, listener net.Listener, options web.Options) error {
	ctx, done := signal.NotifyContext(ctx, syscall.SIGTERM)
	defer done()
	context.AfterFunc(ctx, done) // a second one ends kg at once
	requests, end := context.WithCancel(context.Background())
	defer end()
	server := &http.Server{
		Handler:        web.New(options),
		BaseContext:    func(net.Listener) context.Context { return requests },
		ReadTimeout:    30 * time.Second,
		WriteTimeout:   options.Limits.Time + options.Limits.Wait + 15*time.Second,
		IdleTimeout:    time.Minute,
		MaxHeaderBytes: 64 << 10,
		ErrorLog:       slog.NewLogLogger(options.Log.Handler(), slog.LevelWarn),
	}
	failed := make(chan error, 1)
	go func() { failed <- server.Serve(listener) }()
	go func() {
		if err := options.Drawer.Start(); err != nil { // pages do without pictures
			options.Log.Error("starting Graphviz", "error", err)
		}
	}()
	select {
	case err := <-failed:
		return fmt.Errorf("serving: %w", err)
	case <-ctx.Done():
	}
	fmt.Fprintln(a.err, "stopping")
	defer time.AfterFunc(stopping/2, end).Stop()
	late, cancel := context.WithTimeout(context.Background(), stopping)
	defer cancel()
	if server.Shutdown(late) != nil {
		return server.Close() // who is silent is not waited for
	}
	return nil
}

// ending returns a file's ending in lower case, without the dot.
func ending(file string) string {
	i := strings.LastIndexByte(file, '.')
	if i < 0 {
		return ""
	}
	return strings.ToLower(file[i+1:])
}
