"""Reads every property of every object there is, one by one: pyvmomi raises on a wrong type, an unknown enum value or a missing field."""

from pyVmomi import VmomiSupport, vim, vmodl

from .say import say


def all_objects(content):
    view = content.viewManager.CreateContainerView(content.rootFolder, None, True)
    yield content.rootFolder
    yield from view.view
    view.Destroy()


def properties(mo):
    """The names of an object's properties by pyvmomi's own type information."""
    return [info.name for info in mo._GetPropertyList()]


def read(mo, found, refused):
    """Reads all properties of an object, and returns the managed objects that they lead to."""
    kind = VmomiSupport.GetWsdlName(type(mo))
    leads = []
    for name in properties(mo):
        try:
            value = getattr(mo, name)
        except vmodl.fault.NotSupported:
            refused.append(kind + "." + name)
            continue
        except Exception as error:  # the test wants to know which
            raise AssertionError(f"{kind}.{name} of {mo._moId}: {type(error).__name__}: {error}") from error
        if value is not None and not (isinstance(value, list) and len(value) == 0):
            found.setdefault(kind, set()).add(name)
        leads += managed_in(value)
    return leads


def managed_in(value):
    if isinstance(value, VmomiSupport.ManagedObject):
        return [value]
    if isinstance(value, VmomiSupport.DataObject):
        return [mo for info in value._GetPropertyList() for mo in managed_in(getattr(value, info.name))]
    if isinstance(value, list):
        return [mo for part in value for mo in managed_in(part)]
    return []


def run(si, _options):
    content = si.RetrieveContent()
    found, refused, known = {}, [], {}
    waiting = [*all_objects(content), *managed_in(content)]
    while waiting:
        mo = waiting.pop()
        if mo._moId in known:
            continue
        known[mo._moId] = VmomiSupport.GetWsdlName(type(mo))
        waiting += read(mo, found, refused)
    say("objects", known)
    say("set", {kind: sorted(names) for kind, names in sorted(found.items())})
    say("refused", sorted(set(refused)))
    say("machine is template", [vm.summary.config.template for vm in all_objects(content) if isinstance(vm, vim.VirtualMachine)])
