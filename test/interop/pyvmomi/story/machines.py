"""A machine's life: made, changed, powered, kept in snapshots, cloned, forked, moved and destroyed."""

from pyVim.task import WaitForTask
from pyVmomi import vim, vmodl

from .say import say


def disk_spec(key, unit, controller, gib):
    spec = vim.vm.device.VirtualDeviceSpec(operation="add", fileOperation="create")
    backing = vim.vm.device.VirtualDisk.FlatVer2BackingInfo(diskMode="persistent", thinProvisioned=True)
    spec.device = vim.vm.device.VirtualDisk(
        key=key, unitNumber=unit, controllerKey=controller, capacityInKB=gib * 1024 * 1024, backing=backing
    )
    return spec


def card_spec(key, network):
    backing = vim.vm.device.VirtualEthernetCard.NetworkBackingInfo(deviceName=network.name, network=network)
    card = vim.vm.device.VirtualVmxnet3(key=key, backing=backing, addressType="generated")
    return vim.vm.device.VirtualDeviceSpec(operation="add", device=card)


def devices(vm, kind):
    return [one for one in vm.config.hardware.device if isinstance(one, kind)]


def snapshots(tree):
    return [{"name": one.name, "below": snapshots(one.childSnapshotList)} for one in tree]


def run(si, options):
    content = si.RetrieveContent()
    datacenter = content.rootFolder.childEntity[0]
    golden = content.searchIndex.FindByInventoryPath("DC0/vm/" + options["environment"]["FARGO_MACHINE"])
    pool, store, folder = golden.resourcePool, golden.datastore[0], datacenter.vmFolder
    network = golden.network[0]

    controller = vim.vm.device.ParaVirtualSCSIController(key=-101, busNumber=0, sharedBus="noSharing")
    config = vim.vm.ConfigSpec(
        name="made",
        guestId="ubuntu64Guest",
        memoryMB=512,
        numCPUs=2,
        annotation='five < six & "seven" > \u00e9\u4e16',
        files=vim.vm.FileInfo(vmPathName="[" + store.name + "]"),
        deviceChange=[
            vim.vm.device.VirtualDeviceSpec(operation="add", device=controller),
            disk_spec(-1, 0, -101, 2),
            card_spec(-2, network),
        ],
    )
    task = folder.CreateVM_Task(config=config, pool=pool)
    WaitForTask(task)
    vm = task.info.result
    say("made", vm)
    say("notes", vm.config.annotation)
    try:
        WaitForTask(folder.CreateVM_Task(config=config, pool=pool))
    except vim.fault.DuplicateName as error:
        say("made again", {"name": error.name, "object": error.object == vm})

    [scsi] = devices(vm, vim.vm.device.ParaVirtualSCSIController)
    change = vim.vm.ConfigSpec(
        memoryMB=1024,
        deviceChange=[disk_spec(-1, 1, scsi.key, 1), card_spec(-2, network)],
        extraConfig=[vim.option.OptionValue(key="guestinfo.word", value="hello")],
    )
    WaitForTask(vm.ReconfigVM_Task(change))
    say(
        "changed",
        {
            "memory": vm.config.hardware.memoryMB,
            "disks": [one.capacityInKB for one in devices(vm, vim.vm.device.VirtualDisk)],
            "cards": len(devices(vm, vim.vm.device.VirtualEthernetCard)),
            "word": [one.value for one in vm.config.extraConfig if one.key == "guestinfo.word"],
        },
    )
    try:
        WaitForTask(vm.ReconfigVM_Task(vim.vm.ConfigSpec(memoryMB=-4)))
    except vmodl.fault.InvalidArgument as error:
        say("changed wrongly", error.invalidProperty)

    WaitForTask(vm.CreateSnapshot_Task("first", "", False, False))
    WaitForTask(vm.PowerOnVM_Task())
    try:
        WaitForTask(vm.PowerOnVM_Task())
    except vim.fault.InvalidPowerState as error:
        say("on again", {"existing": error.existingState, "requested": error.requestedState})
    WaitForTask(vm.CreateSnapshot_Task("second", "while it ran", True, False))
    say("snapshots", snapshots(vm.snapshot.rootSnapshotList))
    WaitForTask(vm.snapshot.rootSnapshotList[0].snapshot.RevertToSnapshot_Task())
    say("back at the first", {"power": vm.runtime.powerState, "current": vm.snapshot.currentSnapshot == vm.snapshot.rootSnapshotList[0].snapshot})

    whole = vim.vm.RelocateSpec(diskMoveType="moveAllDiskBackingsAndConsolidate")
    full = vim.vm.CloneSpec(location=whole, powerOn=False, template=False)
    task = vm.CloneVM_Task(folder, "copy", full)
    WaitForTask(task)
    linked = vim.vm.CloneSpec(
        location=vim.vm.RelocateSpec(diskMoveType="createNewChildDiskBacking"),
        snapshot=vm.snapshot.rootSnapshotList[0].snapshot,
        powerOn=False,
        template=False,
    )
    other = vm.CloneVM_Task(folder, "linked", linked)
    WaitForTask(other)
    say(
        "clones",
        {
            "copy": devices(task.info.result, vim.vm.device.VirtualDisk)[0].backing.parent is None,
            "linked": devices(other.info.result, vim.vm.device.VirtualDisk)[0].backing.parent.fileName,
        },
    )

    card = devices(golden, vim.vm.device.VirtualEthernetCard)[0]
    card.connectable.startConnected = False
    fork = vim.vm.InstantCloneSpec(
        name="fork",
        location=vim.vm.RelocateSpec(
            folder=folder, deviceChange=[vim.vm.device.VirtualDeviceSpec(operation="edit", device=card)]
        ),
        config=[vim.option.OptionValue(key="guestinfo.ic.hostname", value="fork")],
    )
    task = golden.InstantClone_Task(fork)
    WaitForTask(task)
    child = task.info.result
    say("fork", child)
    say(
        "fork is",
        {
            "power": child.runtime.powerState,
            "word": [one.value for one in child.config.extraConfig if one.key == "guestinfo.ic.hostname"],
            "card": devices(child, vim.vm.device.VirtualEthernetCard)[0].connectable.startConnected,
            "uuid": child.config.uuid != golden.config.uuid,
        },
    )
    hosts = [host for host in child.runtime.host.parent.host if host != child.runtime.host]
    WaitForTask(child.RelocateVM_Task(vim.vm.RelocateSpec(host=hosts[0])))
    say("moved", child.runtime.host == hosts[0])

    WaitForTask(child.PowerOffVM_Task())
    for gone in [child, other.info.result]:
        WaitForTask(gone.Destroy_Task())
    try:
        say("gone", child.name)
    except vmodl.fault.ManagedObjectNotFound as error:
        say("gone", error.obj._moId == child._moId)
    say("left", sorted(one.name for one in folder.childEntity if isinstance(one, vim.VirtualMachine)))
