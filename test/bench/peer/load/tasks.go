package main

import (
	"context"
	"fmt"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/find"
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/vim25/types"
)

// machine is the one that is worked with: the one named, or the first there is.
func machine(ctx context.Context, c *govmomi.Client, o options) (*object.VirtualMachine, *object.Folder, error) {
	finder := find.NewFinder(c.Client, true)
	dc, err := finder.DefaultDatacenter(ctx)
	if err != nil {
		return nil, nil, err
	}
	folders, err := dc.Folders(ctx)
	if err != nil {
		return nil, nil, err
	}
	path := "*"
	if o.source != "" {
		path = o.source
	}
	list, err := finder.SetDatacenter(dc).VirtualMachineList(ctx, path)
	if err != nil {
		return nil, nil, err
	}
	return list[0], folders.VmFolder, nil
}

// wait is how govmomi waits: with a collector of its own for each task.
func wait(ctx context.Context, task *object.Task, err error) error {
	if err != nil {
		return err
	}
	return task.Wait(ctx)
}

func clones(ctx context.Context, c *govmomi.Client, o options) error {
	source, folder, err := machine(ctx, c, o)
	if err != nil {
		return err
	}
	times, all, err := flight(o.count, o.flight, func(i int) error {
		task, err := source.Clone(ctx, folder, fmt.Sprintf("clone-%s-%d-%d", o.tag, o.flight, i), types.VirtualMachineCloneSpec{})
		return wait(ctx, task, err)
	})
	if err != nil {
		return err
	}
	reportTimes("clone_tasks_s", times, all, o)
	return nil
}

func instantClones(ctx context.Context, c *govmomi.Client, o options) error {
	source, _, err := machine(ctx, c, o)
	if err != nil {
		return err
	}
	times, all, err := flight(o.count, o.flight, func(i int) error {
		task, err := source.InstantClone(ctx, types.VirtualMachineInstantCloneSpec{
			Name: fmt.Sprintf("fork-%s-%d-%d", o.tag, o.flight, i),
		})
		return wait(ctx, task, err)
	})
	if err != nil {
		return err
	}
	reportTimes("instantclone_tasks_s", times, all, o)
	return nil
}

// power turns machines off and on, one machine for each worker.
func power(ctx context.Context, c *govmomi.Client, o options) error {
	finder := find.NewFinder(c.Client, true)
	dc, err := finder.DefaultDatacenter(ctx)
	if err != nil {
		return err
	}
	list, err := finder.SetDatacenter(dc).VirtualMachineList(ctx, "*")
	if err != nil {
		return err
	}
	for len(list) < o.flight {
		return fmt.Errorf("%d machines are too few for %d at a time", len(list), o.flight)
	}
	free := make(chan *object.VirtualMachine, o.flight)
	for _, vm := range list[:o.flight] {
		free <- vm
	}
	times, all, err := flight(o.count, o.flight, func(int) error {
		vm := <-free
		defer func() { free <- vm }()
		task, err := vm.PowerOff(ctx)
		if err := wait(ctx, task, err); err != nil {
			return err
		}
		task, err = vm.PowerOn(ctx)
		return wait(ctx, task, err)
	})
	if err != nil {
		return err
	}
	reportTimes("power_pairs_s", times, all, o)
	report("power_tasks_s", 2*float64(len(times))/all.Seconds(), o)
	return nil
}
