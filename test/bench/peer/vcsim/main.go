// Command vcsim serves the vCenter that govmomi's simulator package has, with the flags and the output line of the program of that
// name, which is a module of its own, of which the module proxy has no current version.
package main

import (
	"crypto/tls"
	"flag"
	"fmt"
	"log"
	"net/url"
	"os"
	"os/signal"
	"syscall"

	"github.com/vmware/govmomi/simulator"
	_ "github.com/vmware/govmomi/vapi/simulator" // logs in over REST
)

func main() {
	listen := flag.String("l", "127.0.0.1:8989", "address to listen on")
	secure := flag.Bool("tls", true, "TLS, with a certificate made at the start")
	esx := flag.Bool("esx", false, "an ESXi host instead of a vCenter")
	user := flag.String("username", "", "the only account, instead of any")
	password := flag.String("password", "", "password of that account")
	output := flag.String("E", "-", "file or FIFO for the export line, - for standard output")

	// How many of each are made: a flag that is not given leaves the model's own number.
	counts := map[string]*int{}
	for _, name := range []string{"dc", "cluster", "host", "standalone-host", "vm", "ds", "pool", "folder", "pod", "app", "pg"} {
		counts[name] = flag.Int(name, -1, "how many, as of vcsim's flag of that name")
	}
	autostart := flag.Bool("autostart", true, "machines are powered on")
	flag.Parse()

	model := simulator.VPX()
	if *esx {
		model = simulator.ESX()
	}
	model.Autostart = *autostart
	fields := map[string]*int{
		"dc": &model.Datacenter, "cluster": &model.Cluster, "host": &model.ClusterHost, "standalone-host": &model.Host,
		"vm": &model.Machine, "ds": &model.Datastore, "pool": &model.Pool, "folder": &model.Folder, "pod": &model.Pod,
		"app": &model.App, "pg": &model.Portgroup,
	}
	for name, count := range counts {
		if *count >= 0 {
			*fields[name] = *count
		}
	}
	defer model.Remove()
	if err := model.Create(); err != nil {
		log.Fatal(err)
	}

	service := model.Service
	service.RegisterEndpoints = true
	service.Listen = &url.URL{Host: *listen}
	if *user != "" {
		service.Listen.User = url.UserPassword(*user, *password)
	}
	if *secure {
		service.TLS = new(tls.Config)
	}
	server := service.NewServer()
	defer server.Close()

	ends := make(chan os.Signal, 1)
	signal.Notify(ends, syscall.SIGINT, syscall.SIGTERM)
	line := fmt.Sprintf("export GOVC_URL=%s GOVC_SIM_PID=%d\n", server.URL, os.Getpid())
	if *output == "-" {
		fmt.Print(line)
	} else if err := os.WriteFile(*output, []byte(line), 0o600); err != nil {
		log.Print(err)
		return
	}
	<-ends
}
