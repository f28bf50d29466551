// Command json speaks VI/JSON with govmomi: it logs in at the given URL, retrieves properties, powers a machine off and on,
// forks it and waits for the fork's address, lets a task fail, and logs out. It prints one line of JSON for each step.
//
//	json https://user:password@127.0.0.1:8989/sdk /DC0/vm/golden
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"

	"github.com/vmware/govmomi"
	"github.com/vmware/govmomi/find"
	"github.com/vmware/govmomi/object"
	"github.com/vmware/govmomi/property"
	"github.com/vmware/govmomi/session"
	"github.com/vmware/govmomi/view"
	"github.com/vmware/govmomi/vim25"
	"github.com/vmware/govmomi/vim25/methods"
	"github.com/vmware/govmomi/vim25/mo"
	"github.com/vmware/govmomi/vim25/soap"
	"github.com/vmware/govmomi/vim25/types"
)

func main() {
	if err := run(context.Background(), os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func tell(step string, value any) {
	line, err := json.Marshal(map[string]any{"step": step, "value": value})
	if err != nil {
		panic(err)
	}
	fmt.Println(string(line))
}

func run(ctx context.Context, address, path string) error {
	u, err := soap.ParseURL(address)
	if err != nil {
		return err
	}
	client, err := connect(ctx, u)
	if err != nil {
		return err
	}
	tell("about", client.ServiceContent.About.ApiType)
	if err := client.SessionManager.Login(ctx, url.UserPassword(u.User.Username(), "wrong")); err == nil {
		return fmt.Errorf("a wrong password was taken")
	} else {
		tell("wrong password", soap.IsSoapFault(err))
	}
	if err := client.SessionManager.Login(ctx, u.User); err != nil {
		return err
	}
	user, err := client.SessionManager.UserSession(ctx)
	if err != nil {
		return err
	}
	tell("user", user.UserName)
	if err := retrieve(ctx, client); err != nil {
		return fmt.Errorf("retrieve: %w", err)
	}
	if err := machine(ctx, client, path); err != nil {
		return err
	}
	return client.SessionManager.Logout(ctx)
}

func connect(ctx context.Context, u *url.URL) (*govmomi.Client, error) {
	sc := soap.NewClient(u, true)
	sc.Namespace = vim25.Namespace
	sc.Version = "8.0.3.0"
	sc.UseJSON(true)
	vc, err := vim25.NewClient(ctx, sc)
	if err != nil {
		return nil, err
	}
	return &govmomi.Client{Client: vc, SessionManager: session.NewManager(vc)}, nil
}

func retrieve(ctx context.Context, client *govmomi.Client) error {
	v, err := view.NewManager(client.Client).CreateContainerView(ctx, client.ServiceContent.RootFolder, []string{"VirtualMachine"}, true)
	if err != nil {
		return err
	}
	var machines []mo.VirtualMachine
	if err := v.Retrieve(ctx, []string{"VirtualMachine"}, []string{"name", "runtime", "config", "guest", "summary", "disabledMethod", "network"}, &machines); err != nil {
		return err
	}
	cards := 0
	for _, one := range machines {
		for _, device := range one.Config.Hardware.Device {
			if _, ok := device.(types.BaseVirtualEthernetCard); ok {
				cards++
			}
		}
	}
	tell("machines", len(machines))
	tell("cards", cards)
	return v.Destroy(ctx)
}

func machine(ctx context.Context, client *govmomi.Client, path string) error {
	vm, err := find.NewFinder(client.Client, false).VirtualMachine(ctx, path)
	if err != nil {
		return fmt.Errorf("find: %w", err)
	}
	spec := types.VirtualMachineInstantCloneSpec{
		Name:   "by-govmomi",
		Config: []types.BaseOptionValue{&types.OptionValue{Key: "guestinfo.a", Value: "b"}},
	}
	task, err := vm.InstantClone(ctx, spec)
	if err != nil {
		return fmt.Errorf("instant clone: %w", err)
	}
	info, err := task.WaitForResult(ctx)
	if err != nil {
		return fmt.Errorf("instant clone's task: %w", err)
	}
	fork := object.NewVirtualMachine(client.Client, info.Result.(types.ManagedObjectReference))
	name, err := fork.ObjectName(ctx)
	if err != nil {
		return err
	}
	tell("fork", name)
	var made mo.VirtualMachine
	if err := fork.Properties(ctx, fork.Reference(), []string{"config.extraConfig"}, &made); err != nil {
		return err
	}
	for _, option := range made.Config.ExtraConfig {
		if o := option.GetOptionValue(); o.Key == "guestinfo.a" {
			tell("guestinfo", o.Value)
		}
	}
	if task, err = fork.PowerOn(ctx); err != nil {
		return err
	}
	err = task.Wait(ctx)
	tell("power on again", err != nil)
	if err != nil {
		tell("message", err.Error())
	}
	if task, err = fork.PowerOff(ctx); err != nil {
		return err
	}
	if err := task.Wait(ctx); err != nil {
		return fmt.Errorf("power off: %w", err)
	}
	state, err := fork.PowerState(ctx)
	if err != nil {
		return err
	}
	tell("state", state)
	// A wait that a change of another call ends.
	waited := make(chan error, 1)
	go func() {
		waited <- property.Wait(ctx, property.DefaultCollector(client.Client), fork.Reference(), []string{"runtime.powerState"}, func(changes []types.PropertyChange) bool {
			for _, change := range changes {
				if change.Val == types.VirtualMachinePowerStatePoweredOn {
					return true
				}
			}
			return false
		})
	}()
	if task, err = fork.PowerOn(ctx); err != nil {
		return err
	}
	if err := task.Wait(ctx); err != nil {
		return fmt.Errorf("power on: %w", err)
	}
	if err := <-waited; err != nil {
		return fmt.Errorf("wait: %w", err)
	}
	tell("waited", true)
	now, err := methods.GetCurrentTime(ctx, client)
	if err != nil {
		return err
	}
	tell("time", !now.IsZero())
	return nil
}
