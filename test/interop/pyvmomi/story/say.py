"""Says what a story has seen, one JSON line a step, in a form that a test can compare."""

import datetime
import json
import sys

from pyVmomi import VmomiSupport


def plain(value):
    """A value of pyvmomi's as JSON: references as type:id, data objects by what is set in them."""
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, bytes):
        return list(value)
    if isinstance(value, str):
        return str(value)
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    if isinstance(value, VmomiSupport.ManagedObject):
        return VmomiSupport.GetWsdlName(type(value)) + ":" + value._moId
    if isinstance(value, type):
        return VmomiSupport.GetWsdlName(value)
    if isinstance(value, VmomiSupport.DataObject):
        found = {"_typeName": VmomiSupport.GetWsdlName(type(value))}
        for info in value._GetPropertyList():
            part = getattr(value, info.name)
            if part is not None and not (isinstance(part, list) and len(part) == 0):
                found[info.name] = plain(part)
        return found
    if isinstance(value, dict):
        return {key: plain(part) for key, part in value.items()}
    return [plain(part) for part in value]


def say(step, value=None):
    json.dump({"step": step, "value": plain(value)}, sys.stdout)
    sys.stdout.write("\n")
    sys.stdout.flush()
