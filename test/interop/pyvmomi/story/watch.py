"""Hears of changes by WaitForUpdatesEx: versions, kinds of updates, partial updates, what comes into a view and leaves it."""

from pyVim.task import WaitForTask
from pyVmomi import vim, vmodl

from .say import say

Collector = vmodl.query.PropertyCollector


def filter_spec(view, kind, paths):
    traversal = Collector.TraversalSpec(name="view", path="view", skip=False, type=type(view))
    return Collector.FilterSpec(
        objectSet=[Collector.ObjectSpec(obj=view, skip=True, selectSet=[traversal])],
        propSet=[Collector.PropertySpec(type=kind, pathSet=paths, all=False)],
    )


def told(update):
    return [
        {"kind": one.kind, "object": one.obj, "changes": [[part.name, part.op, part.val] for part in one.changeSet]}
        for group in update.filterSet
        for one in group.objectSet
    ]


def run(si, options):
    content = si.RetrieveContent()
    folder = content.rootFolder.childEntity[0].vmFolder
    golden = content.searchIndex.FindByInventoryPath("DC0/vm/" + options["environment"]["FARGO_MACHINE"])
    view = content.viewManager.CreateContainerView(folder, [vim.VirtualMachine], True)
    collector = content.propertyCollector.CreatePropertyCollector()
    watched = collector.CreateFilter(filter_spec(view, vim.VirtualMachine, ["name", "runtime.powerState"]), False)
    options_of = Collector.WaitOptions(maxWaitSeconds=10)

    first = collector.WaitForUpdatesEx("", options_of)
    version = first.version
    say("first", sorted(one["changes"][0][2] for one in told(first)))
    say("kinds", sorted({one["kind"] for one in told(first)}))
    say("nothing new", collector.WaitForUpdatesEx(version, Collector.WaitOptions(maxWaitSeconds=0)))

    def next_update():
        nonlocal version
        update = collector.WaitForUpdatesEx(version, options_of)
        version = update.version
        return told(update)

    task = golden.InstantClone_Task(vim.vm.InstantCloneSpec(name="watched", location=vim.vm.RelocateSpec(folder=folder)))
    WaitForTask(task)
    child = task.info.result
    say("child", child)
    say("it comes", next_update())
    WaitForTask(child.Rename_Task("renamed"))
    say("it is renamed", next_update())
    WaitForTask(child.PowerOffVM_Task())
    say("it is off", next_update())
    WaitForTask(child.Destroy_Task())
    say("it leaves", next_update())

    watched.Destroy()
    partial = collector.CreateFilter(
        Collector.FilterSpec(
            objectSet=[Collector.ObjectSpec(obj=folder)],
            propSet=[Collector.PropertySpec(type=vim.Folder, pathSet=["childEntity"], all=False)],
        ),
        True,
    )
    update = collector.WaitForUpdatesEx(version, options_of)
    version = update.version
    task = folder.CreateFolder("below")
    say("folder", task)
    say("a child is added", next_update())
    WaitForTask(task.Destroy_Task())
    say("a child is removed", next_update())
    partial.Destroy()
    try:
        collector.WaitForUpdatesEx("no version", options_of)
    except vmodl.query.InvalidCollectorVersion as error:
        say("a wrong version", type(error))
    collector.Destroy()
