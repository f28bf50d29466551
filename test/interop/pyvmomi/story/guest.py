"""Programs and files in a guest, and files of a datastore, with bytes by HTTP."""

import http.client
import ssl
import time
import urllib.parse

from pyVmomi import vim

from .say import say


def send(method, url, body=None, headers=None):
    parts = urllib.parse.urlsplit(url)
    connection = http.client.HTTPSConnection(parts.hostname, parts.port, context=ssl._create_unverified_context())
    connection.request(method, parts.path + ("?" + parts.query if parts.query else ""), body, headers or {})
    answer = connection.getresponse()
    return answer.status, answer.read()


def run(si, options):
    content = si.RetrieveContent()
    environment = options["environment"]
    vm = content.searchIndex.FindByInventoryPath("DC0/vm/" + environment["FARGO_GUEST"])
    manager = content.guestOperationsManager
    auth = vim.vm.guest.NamePasswordAuthentication(username="root", password="fargo", interactiveSession=False)
    at = "https://" + environment["FARGO_HOST"] + ":" + environment["FARGO_PORT"]

    program = vim.vm.guest.ProcessManager.ProgramSpec(
        programPath="/bin/sh", arguments="-c 'hostname > /tmp/name; exit 3'", workingDirectory="/tmp"
    )
    pid = manager.processManager.StartProgramInGuest(vm, auth, program)
    ended = None
    for _ in range(200):
        [process] = manager.processManager.ListProcessesInGuest(vm, auth, [pid])
        if process.endTime:
            ended = process
            break
        time.sleep(0.02)
    say("program", {"exitCode": ended.exitCode, "owner": ended.owner})

    words = "words for a guest\n\u00e9".encode()
    attributes = vim.vm.guest.FileManager.PosixFileAttributes(permissions=0o640)
    url = manager.fileManager.InitiateFileTransferToGuest(vm, auth, "/tmp/words", attributes, len(words), True)
    say("put", send("PUT", url.replace("https://*", at), words)[0])
    found = manager.fileManager.InitiateFileTransferFromGuest(vm, auth, "/tmp/words")
    status, body = send("GET", found.url.replace("https://*", at))
    say("got", {"status": status, "same": body == words, "size": found.size, "mode": found.attributes.permissions & 0o777})
    listed = manager.fileManager.ListFilesInGuest(vm, auth, "/tmp", 0, 100, "^words$")
    say("listed", [[one.path, one.size] for one in listed.files])
    wrong = vim.vm.guest.NamePasswordAuthentication(username="root", password="no", interactiveSession=False)
    try:
        manager.processManager.ListProcessesInGuest(vm, wrong, [])
    except vim.fault.InvalidGuestLogin as error:
        say("a wrong password", type(error))
    try:
        manager.fileManager.DeleteFileInGuest(vm, auth, "/tmp/none")
    except vim.fault.FileNotFound as error:
        say("a missing file", error.file)

    store = vm.datastore[0]
    query = urllib.parse.urlencode({"dcPath": "DC0", "dsName": store.name})
    cookie = {"Cookie": si._stub.cookie.split(";")[0]}
    url = at + "/folder/notes/x.bin?" + query
    content.fileManager.MakeDirectory("[" + store.name + "] notes", content.rootFolder.childEntity[0], True)
    content_of = bytes(range(256)) * 40
    say("uploaded", send("PUT", url, content_of, cookie)[0])
    status, body = send("GET", url, None, cookie)
    say("downloaded", {"status": status, "same": body == content_of})
    say("a part", [send("GET", url, None, {**cookie, "Range": "bytes=10-13"})[0], list(send("GET", url, None, {**cookie, "Range": "bytes=10-13"})[1])])
    say("without a session", send("GET", url)[0])
    task = store.browser.SearchDatastore_Task("[" + store.name + "] notes", vim.host.DatastoreBrowser.SearchSpec())
    while task.info.state not in ("success", "error"):
        time.sleep(0.02)
    say("searched", [one.path for one in task.info.result.file])
