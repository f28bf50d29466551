"""Connects in several ways and looks around: content, the tree, views, the property collector, the search index, counters."""

import datetime
import ssl

from pyVmomi import SoapStubAdapter, vim, vmodl
from pyVmomi.Security import ThumbprintMismatchException
from pyVmomi.VmomiSupport import newestVersions

from .say import say


def tree(entity, path=""):
    here = path + "/" + entity.name if path or entity.name != "Datacenters" else ""
    found = [here] if here else []
    if isinstance(entity, vim.Datacenter):
        children = [entity.vmFolder, entity.hostFolder, entity.datastoreFolder, entity.networkFolder]
    elif isinstance(entity, vim.Folder):
        children = entity.childEntity
    elif isinstance(entity, vim.ComputeResource):
        children = entity.host
    else:
        children = []
    for child in children:
        found += tree(child, here)
    return found


def collect(collector, view, kind, paths, page=None):
    """RetrievePropertiesEx over a view, page by page: the values by object, and how many pages it took."""
    traversal = vmodl.query.PropertyCollector.TraversalSpec(
        name="view", path="view", skip=False, type=type(view)
    )
    spec = vmodl.query.PropertyCollector.FilterSpec(
        objectSet=[vmodl.query.PropertyCollector.ObjectSpec(obj=view, skip=True, selectSet=[traversal])],
        propSet=[vmodl.query.PropertyCollector.PropertySpec(type=kind, pathSet=paths, all=False)],
    )
    options = vmodl.query.PropertyCollector.RetrieveOptions()
    if page:
        options.maxObjects = page
    result = collector.RetrievePropertiesEx([spec], options)
    rows, pages = {}, 0
    while result:
        pages += 1
        for row in result.objects:
            rows[row.obj._moId] = {part.name: part.val for part in row.propSet}
        result = collector.ContinueRetrievePropertiesEx(result.token) if result.token else None
    return rows, pages


def pinned(environment, thumbprint):
    """The service behind a connection that takes one certificate and no other."""
    stub = SoapStubAdapter(
        host=environment["FARGO_HOST"],
        port=int(environment["FARGO_PORT"]),
        version=newestVersions.GetName("vim"),
        path="/sdk",
        thumbprint=thumbprint,
        sslContext=ssl.create_default_context(),
    )
    return vim.ServiceInstance("ServiceInstance", stub)


def run(si, options):
    environment = options["environment"]
    say("with its thumbprint", pinned(environment, environment["FARGO_THUMBPRINT"]).RetrieveContent().about.apiType)
    try:
        pinned(environment, "00" * 32).RetrieveContent()
        say("with a wrong thumbprint", "taken")
    except ThumbprintMismatchException:
        say("with a wrong thumbprint", "refused")
    try:
        options["connect"](user="nobody@vsphere.local", pwd="wrong")
    except vim.fault.InvalidLogin as error:
        say("with a wrong password", type(error))

    content = si.RetrieveContent()
    say("about", content.about)
    say("tree", sorted(tree(content.rootFolder)))
    now = si.CurrentTime()
    say("time", isinstance(now, datetime.datetime) and now.tzinfo is not None)

    view = content.viewManager.CreateContainerView(content.rootFolder, [vim.VirtualMachine], True)
    say("machines", sorted(vm.name for vm in view.view))
    rows, pages = collect(content.propertyCollector, view, vim.VirtualMachine, ["name", "config.hardware.memoryMB"], 2)
    say("rows", rows)
    say("pages", pages)
    try:
        collect(content.propertyCollector, view, vim.VirtualMachine, ["config.nothing"])
    except vmodl.query.InvalidProperty as error:
        say("a wrong path", error.name)
    view.Destroy()
    try:
        say("a view that is gone", len(view.view))
    except vmodl.fault.ManagedObjectNotFound as error:
        say("a view that is gone", type(error))

    index = content.searchIndex
    golden = index.FindByInventoryPath("DC0/vm/" + environment["FARGO_MACHINE"])
    say("found by path", golden)
    say("found by uuid", index.FindByUuid(None, golden.config.uuid, True) == golden)
    say("found by instance uuid", index.FindByUuid(None, golden.config.instanceUuid, True, True) == golden)
    say("found as a child", index.FindChild(golden.parent, golden.name) == golden)
    say("not found", index.FindByInventoryPath("DC0/vm/nobody"))

    disk = next(one for one in golden.config.hardware.device if isinstance(one, vim.vm.device.VirtualDisk))
    say("disk", {"bytes": disk.capacityInBytes, "isLong": disk.capacityInBytes > 2**31, "backing": type(disk.backing)})
    store = golden.datastore[0]
    say("datastore", {"capacity": store.summary.capacity, "name": store.name})

    counters = {
        ".".join([one.groupInfo.key, one.nameInfo.key, one.rollupType]): one.key
        for one in content.perfManager.perfCounter
    }
    query = vim.PerformanceManager.QuerySpec(
        entity=golden,
        intervalId=20,
        maxSample=1,
        metricId=[vim.PerformanceManager.MetricId(counterId=counters["mem.consumed.average"], instance="")],
    )
    [sample] = content.perfManager.QueryPerf([query])
    say("memory in use", sample.value[0].value[0])
