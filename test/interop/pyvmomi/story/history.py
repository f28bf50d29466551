"""Events and tasks by their collectors, page by page."""

from pyVim.task import WaitForTask
from pyVmomi import vim

from .say import say


def run(si, options):
    content = si.RetrieveContent()
    folder = content.rootFolder.childEntity[0].vmFolder
    golden = content.searchIndex.FindByInventoryPath("DC0/vm/" + options["environment"]["FARGO_MACHINE"])
    task = golden.InstantClone_Task(vim.vm.InstantCloneSpec(name="noted", location=vim.vm.RelocateSpec(folder=folder)))
    WaitForTask(task)
    child = task.info.result
    WaitForTask(child.PowerOffVM_Task())

    about = vim.event.EventFilterSpec.ByEntity(entity=child, recursion="self")
    collector = content.eventManager.CreateCollectorForEvents(vim.event.EventFilterSpec(entity=about))
    collector.RewindCollector()
    events = []
    while True:
        page = collector.ReadNextEvents(2)
        if not page:
            break
        events += page
    say("events", [type(one) for one in events])
    say("event of the fork", {"user": events[0].userName, "vm": events[0].vm.name, "key": events[0].key > 0})
    say("latest page", [type(one) for one in collector.latestPage])
    collector.DestroyCollector()
    off = vim.event.EventFilterSpec(entity=about, eventTypeId=["VmPoweredOffEvent"])
    say("events of a type", len(content.eventManager.QueryEvents(off)))

    by = vim.TaskFilterSpec.ByEntity(entity=golden, recursion="self")
    history = content.taskManager.CreateCollectorForTasks(vim.TaskFilterSpec(entity=by))
    history.RewindCollector()
    tasks = history.ReadNextTasks(100)
    say("tasks", [{"id": one.descriptionId, "state": one.state, "key": one.key} for one in tasks][-1])
    say("task", task.info.key)
    history.DestroyCollector()
    WaitForTask(child.Destroy_Task())
