// Command load puts a vCenter to work through govmomi, as its users do, and prints what it measured as JSON lines:
// {"metric":"clone_tasks_s","value":76.2,"in_flight":32}. It is the same program, on the same machine, for every server it is
// compared on.
//
//	load -url http://user:pass@127.0.0.1:8989/sdk -n 200 clone power instantclone retrieve updates requests
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"log"
	"net/url"
	"os"
	"sort"
	"time"

	"github.com/vmware/govmomi"
)

// options of a run: how much of each thing is done.
type options struct {
	count   int
	flight  int
	seconds float64
	source  string
	tag     string
}

var trials = map[string]func(context.Context, *govmomi.Client, options) error{
	"clone":        clones,
	"power":        power,
	"instantclone": instantClones,
	"retrieve":     retrieve,
	"decode":       decode,
	"updates":      updates,
	"requests":     requests,
}

func main() {
	log.SetFlags(0)
	log.SetPrefix("load: ")
	var o options
	address := flag.String("url", os.Getenv("GOVC_URL"), "server, with user and password")
	flag.IntVar(&o.count, "n", 100, "how often")
	flag.IntVar(&o.flight, "c", 1, "how many at a time")
	flag.Float64Var(&o.seconds, "s", 3, "for how many seconds, where a trial goes by time")
	flag.StringVar(&o.source, "source", "", "name of the machine that is cloned; the first there is without it")
	flag.StringVar(&o.tag, "tag", fmt.Sprint(os.Getpid()), "goes into the names of what is made")
	flag.Parse()

	u, err := url.Parse(*address)
	if err != nil {
		log.Fatal(err)
	}
	ctx := context.Background()
	client, err := govmomi.NewClient(ctx, u, true)
	if err != nil {
		log.Fatal(err)
	}
	for _, name := range flag.Args() {
		trial, known := trials[name]
		if !known {
			log.Fatalf("there is no trial %q", name)
		}
		if err := trial(ctx, client, o); err != nil {
			log.Fatalf("%s: %v", name, err)
		}
	}
	_ = client.Logout(ctx)
}

// report prints one figure.
func report(metric string, value float64, o options) {
	line, err := json.Marshal(map[string]any{"metric": metric, "value": value, "in_flight": o.flight})
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(string(line))
}

// reportTimes prints how many there were in a second, and how long one took in milliseconds.
func reportTimes(metric string, times []time.Duration, all time.Duration, o options) {
	sort.Slice(times, func(i, j int) bool { return times[i] < times[j] })
	report(metric, float64(len(times))/all.Seconds(), o)
	report(metric+".p50_ms", milliseconds(times[len(times)/2]), o)
	report(metric+".p99_ms", milliseconds(times[len(times)*99/100]), o)
}

func milliseconds(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }

// flight runs a job for 0 to n-1 with several at a time and says how long each took.
func flight(n, several int, job func(i int) error) ([]time.Duration, time.Duration, error) {
	type done struct {
		took time.Duration
		err  error
	}
	next := make(chan int)
	results := make(chan done, n)
	for w := 0; w < several; w++ {
		go func() {
			for i := range next {
				began := time.Now()
				err := job(i)
				results <- done{time.Since(began), err}
			}
		}()
	}
	began := time.Now()
	go func() {
		for i := 0; i < n; i++ {
			next <- i
		}
		close(next)
	}()
	times := make([]time.Duration, 0, n)
	for i := 0; i < n; i++ {
		one := <-results
		if one.err != nil {
			return nil, 0, one.err
		}
		times = append(times, one.took)
	}
	return times, time.Since(began), nil
}
