package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/property"
	"github.com/vmware/govmomi/view"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/types"
)

var paths = []string{"name", "runtime.powerState", "config.hardware", "guest"}

// allMachines is a view of all machines.
func allMachines(ctx context.Context, c *govmomi.Client) (*view.ContainerView, error) {
	return view.NewManager(c.Client).CreateContainerView(ctx, c.ServiceContent.RootFolder, []string{"VirtualMachine"}, true)
}

// decode retrieves what a client of an inventory asks for, as govmomi does it, into Go's own objects.
func decode(ctx context.Context, c *govmomi.Client, o options) error {
	v, err := allMachines(ctx, c)
	if err != nil {
		return err
	}
	began := time.Now()
	objects := 0
	for i := 0; i < o.count; i++ {
		var list []mo.VirtualMachine
		if err := v.Retrieve(ctx, []string{"VirtualMachine"}, paths, &list); err != nil {
			return err
		}
		objects += len(list)
	}
	report("decode_objects_s", float64(objects)/time.Since(began).Seconds(), o)
	return nil
}

const envelope = `<?xml version="1.0" encoding="UTF-8"?><Envelope xmlns="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><Body>%s</Body></Envelope>`

// retrieve asks the same and reads the answer without making objects of it: what is measured is the server.
func retrieve(ctx context.Context, c *govmomi.Client, o options) error {
	v, err := allMachines(ctx, c)
	if err != nil {
		return err
	}
	var known []mo.VirtualMachine
	if err := v.Retrieve(ctx, []string{"VirtualMachine"}, []string{"name"}, &known); err != nil {
		return err
	}
	set := ""
	for _, path := range paths {
		set += "<pathSet>" + path + "</pathSet>"
	}
	body := fmt.Sprintf(envelope, `<RetrievePropertiesEx xmlns="urn:vim25"><_this type="PropertyCollector">`+
		c.ServiceContent.PropertyCollector.Value+`</_this><specSet><propSet><type>VirtualMachine</type>`+set+
		`</propSet><objectSet><obj type="ContainerView">`+v.Reference().Value+
		`</obj><skip>true</skip><selectSet xsi:type="TraversalSpec"><type>ContainerView</type><path>view</path></selectSet>`+
		`</objectSet></specSet><options/></RetrievePropertiesEx>`)
	read := int64(0)
	began := time.Now()
	for i := 0; i < o.count; i++ {
		request, err := http.NewRequestWithContext(ctx, http.MethodPost, c.URL().String(), bytes.NewReader([]byte(body)))
		if err != nil {
			return err
		}
		request.Header.Set("Content-Type", "text/xml; charset=utf-8")
		request.Header.Set("SOAPAction", "urn:vim25/8.0.3.0")
		// Asked for by hand, so that Go does not unpack it: it costs the server the same.
		request.Header.Set("Accept-Encoding", "identity")
		answer, err := c.Client.Client.Client.Do(request)
		if err != nil {
			return err
		}
		bytes, err := io.Copy(io.Discard, answer.Body)
		_ = answer.Body.Close()
		if err != nil || answer.StatusCode != http.StatusOK {
			return fmt.Errorf("HTTP status %d, %w", answer.StatusCode, err)
		}
		read += bytes
	}
	took := time.Since(began).Seconds()
	report("retrieve_objects_s", float64(o.count*len(known))/took, o)
	report("retrieve_bytes_per_object", float64(read)/float64(o.count*len(known)), o)
	return nil
}

// requests asks for the time, as often as it can.
func requests(ctx context.Context, c *govmomi.Client, o options) error {
	until := time.Now().Add(time.Duration(o.seconds * float64(time.Second)))
	done := make(chan int)
	failed := make(chan error, o.flight)
	began := time.Now()
	for w := 0; w < o.flight; w++ {
		go func() {
			n := 0
			for time.Now().Before(until) {
				if _, err := methods.GetCurrentTime(ctx, c.Client); err != nil {
					failed <- err
					break
				}
				n++
			}
			done <- n
		}()
	}
	sum := 0
	for w := 0; w < o.flight; w++ {
		sum += <-done
	}
	select {
	case err := <-failed:
		return err
	default:
	}
	report("requests_s", float64(sum)/time.Since(began).Seconds(), o)
	return nil
}

// updates waits for a change of one machine with a filter over all of them, and says how long the news take.
func updates(ctx context.Context, c *govmomi.Client, o options) error {
	v, err := allMachines(ctx, c)
	if err != nil {
		return err
	}
	vm, _, err := machine(ctx, c, o)
	if err != nil {
		return err
	}
	pc, err := property.DefaultCollector(c.Client).Create(ctx)
	if err != nil {
		return err
	}
	filter := types.CreateFilter{Spec: types.PropertyFilterSpec{
		PropSet: []types.PropertySpec{{Type: "VirtualMachine", PathSet: []string{"runtime.powerState"}}},
		ObjectSet: []types.ObjectSpec{{
			Obj:       v.Reference(),
			Skip:      types.NewBool(true),
			SelectSet: []types.BaseSelectionSpec{&types.TraversalSpec{Type: "ContainerView", Path: "view"}},
		}},
	}}
	if _, err := pc.CreateFilter(ctx, filter); err != nil {
		return err
	}
	news := make(chan time.Time, 1)
	failed := make(chan error, 1)
	ready := make(chan struct{})
	go func() {
		version, first := "", true
		for {
			answer, err := methods.WaitForUpdatesEx(ctx, c.Client, &types.WaitForUpdatesEx{
				This: pc.Reference(), Version: version, Options: &types.WaitOptions{MaxWaitSeconds: types.NewInt32(60)},
			})
			if err != nil {
				failed <- err
				return
			}
			if answer.Returnval == nil {
				continue
			}
			version = answer.Returnval.Version
			if truncated := answer.Returnval.Truncated; truncated != nil && *truncated {
				continue
			}
			if first {
				first = false
				close(ready)
				continue
			}
			select {
			case news <- time.Now():
			default:
			}
		}
	}()
	select {
	case <-ready:
	case err := <-failed:
		return err
	}
	times := make([]time.Duration, 0, o.count)
	all := time.Now()
	for i := 0; i < o.count; i++ {
		// The wait is under way again before the next change is made.
		time.Sleep(50 * time.Millisecond)
		began := time.Now()
		if i%2 == 0 {
			_, err = vm.PowerOff(ctx)
		} else {
			_, err = vm.PowerOn(ctx)
		}
		if err != nil {
			return err
		}
		select {
		case at := <-news:
			times = append(times, at.Sub(began))
		case err := <-failed:
			return err
		case <-time.After(time.Minute):
			return fmt.Errorf("no update came within a minute")
		}
	}
	reportTimes("wait_updates", times, time.Since(all), o)
	return nil
}
