"""Hosts, clusters and the vCenter's own managers."""

import datetime

from pyVim.task import WaitForTask
from pyVmomi import vim

from .say import say


def run(si, _options):
    content = si.RetrieveContent()
    datacenter = content.rootFolder.childEntity[0]
    cluster = next(one for one in datacenter.hostFolder.childEntity if isinstance(one, vim.ClusterComputeResource))
    host = cluster.host[0]
    running = [vm for vm in host.vm if vm.runtime.powerState == "poweredOn"]
    WaitForTask(host.EnterMaintenanceMode_Task(timeout=0, evacuatePoweredOffVms=False))
    say("maintenance", {"on": host.runtime.inMaintenanceMode, "left": [vm.name for vm in running if vm.runtime.host == host]})
    WaitForTask(host.ExitMaintenanceMode_Task(timeout=0))
    WaitForTask(host.DisconnectHost_Task())
    say("disconnected", host.runtime.connectionState)
    WaitForTask(host.ReconnectHost_Task())
    spec = vim.host.ConnectSpec(hostName="new.lab", userName="root", password="x", force=True)
    task = cluster.AddHost_Task(spec=spec, asConnected=True)
    WaitForTask(task)
    added = task.info.result
    say("added", added)
    say("its datastores", [store.name for store in added.datastore])
    services = added.configManager.serviceSystem
    services.StartService("TSM-SSH")
    say("runs", [one.key for one in services.serviceInfo.service if one.running and one.key == "TSM-SSH"])
    added.configManager.dateTimeSystem.UpdateDateTimeConfig(
        vim.host.DateTimeConfig(ntpConfig=vim.host.NtpConfig(server=["ntp.lab"]))
    )
    say("time", added.config.dateTimeInfo.ntpConfig.server)
    say("firewall", len(added.configManager.firewallSystem.firewallInfo.ruleset) > 5)
    WaitForTask(added.EnterMaintenanceMode_Task(timeout=0))
    WaitForTask(added.Destroy_Task())

    vms = cluster.resourcePool.vm[:2]
    rule = vim.cluster.AntiAffinityRuleSpec(name="apart", enabled=True, vm=vms)
    change = vim.cluster.ConfigSpecEx(
        drsConfig=vim.cluster.DrsConfigInfo(enabled=True, defaultVmBehavior="manual"),
        rulesSpec=[vim.cluster.RuleSpec(operation="add", info=rule)],
    )
    WaitForTask(cluster.ReconfigureComputeResource_Task(change, True))
    say("cluster", {"rules": [type(one) for one in cluster.configurationEx.rule], "behaviour": cluster.configurationEx.drsConfig.defaultVmBehavior})
    say("recommended", len(cluster.RecommendHostsForVm(vms[0], None)))

    fields = content.customFieldsManager
    field = fields.AddCustomFieldDef("owner", vim.VirtualMachine)
    fields.SetField(vms[0], field.key, "me")
    say("field", {"type": field.type, "for": field.managedObjectType, "value": vms[0].customValue[0].value, "known": fields.field[0].name})
    vms[0].setCustomValue("owner", "you")
    say("set by name", [one.value for one in vms[0].summary.customValue])
    fields.RemoveCustomFieldDef(field.key)
    try:
        fields.AddCustomFieldDef("a", None)
        fields.AddCustomFieldDef("a", None)
    except vim.fault.DuplicateName as error:
        say("a field twice", error.name)

    content.setting.UpdateOptions([vim.option.OptionValue(key="VirtualCenter.InstanceName", value="mine")])
    say("option", content.setting.QueryOptions("VirtualCenter.InstanceName")[0].value)
    try:
        content.setting.QueryOptions("no.such")
    except vim.fault.InvalidName as error:
        say("no option", error.name)
    moment = datetime.datetime(2026, 2, 3, 4, 5, 6, 789000, tzinfo=datetime.timezone(datetime.timedelta(hours=2)))
    extension = vim.Extension(
        key="com.example.x",
        version="1",
        description=vim.Description(label="x", summary="y"),
        lastHeartbeatTime=moment,
    )
    content.extensionManager.RegisterExtension(extension)
    kept = content.extensionManager.FindExtension("com.example.x")
    say("extension", {"beat": kept.lastHeartbeatTime, "same": kept.lastHeartbeatTime == moment, "label": kept.description.label})
    say("licences", [one.editionKey for one in content.licenseManager.licenses])
    say("users", [one.principal for one in content.userDirectory.RetrieveUserGroups(None, "admin", None, None, False, True, False)])
