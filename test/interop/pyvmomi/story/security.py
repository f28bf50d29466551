"""Roles, permissions and sessions: what somebody may not do arrives as a typed fault."""

from pyVim.connect import Disconnect
from pyVim.task import WaitForTask
from pyVmomi import vim, vmodl

from .say import say


def run(si, options):
    content = si.RetrieveContent()
    manager = content.authorizationManager
    golden = content.searchIndex.FindByInventoryPath("DC0/vm/" + options["environment"]["FARGO_MACHINE"])
    role = manager.AddAuthorizationRole("looks", ["System.View", "System.Read"])
    say("role", [one.name for one in manager.roleList if one.roleId == role])
    permission = vim.AuthorizationManager.Permission(
        principal="VSPHERE.LOCAL\\reader", group=False, roleId=role, propagate=True
    )
    manager.SetEntityPermissions(content.rootFolder, [permission])
    say("permissions", [one.principal for one in manager.RetrieveEntityPermissions(content.rootFolder, False) if one.roleId == role])

    other = options["connect"](user="reader@vsphere.local", pwd="Reading1!")
    theirs = other.content.searchIndex.FindByInventoryPath("DC0/vm/" + golden.name)
    say("reader sees", theirs.name)
    try:
        theirs.PowerOffVM_Task()
        say("reader powers off", "allowed")
    except vim.fault.NoPermission as error:
        say("reader powers off", {"privilege": error.privilegeId, "object": error.object == golden})
    sessions = content.sessionManager.sessionList
    key = other.content.sessionManager.currentSession.key
    say("sessions", sorted(one.userName for one in sessions))
    content.sessionManager.TerminateSession([key])
    try:
        theirs.name
        say("after its end", "allowed")
    except vim.fault.NotAuthenticated as error:
        say("after its end", type(error))
    except vmodl.fault.SecurityError as error:
        say("after its end", type(error))
    manager.RemoveEntityPermission(content.rootFolder, "VSPHERE.LOCAL\\reader", False)
    manager.RemoveAuthorizationRole(role, True)
    third = options["connect"](user="reader@vsphere.local", pwd="Reading1!")
    say("reader sees nothing", third.content.searchIndex.FindByInventoryPath("DC0/vm/" + golden.name))
    Disconnect(third)
    try:
        golden.TurnOffFaultToleranceForVM_Task()
    except vmodl.fault.NotSupported as error:
        say("what is not simulated", type(error))
