import { machineFiles } from "../machine-files.ts";
import { log, program, prose } from "./content.ts";

/** A file, a directory (no content) or a symbolic link of the image. */
export interface Node {
  readonly path: string;
  readonly content?: string | Uint8Array;
  readonly target?: string;
  readonly link?: string;
  readonly mode?: number;
  readonly uid?: number;
  readonly gid?: number;
}

/** When everything in the image was made. */
export const made = Date.UTC(2025, 10, 3, 9, 0, 0);

const directory = (path: string, mode = 0o755, uid = 0, gid = 0): Node => ({ path, mode, uid, gid });
const file = (path: string, content: string | Uint8Array, mode = 0o644, uid = 0, gid = 0): Node => ({
  path,
  content,
  mode,
  uid,
  gid,
});
const link = (path: string, target: string): Node => ({ path, target });

/** The password is `fargo`: the account that documentation tells. sha512-crypt, 5,000 rounds. */
const rootHash = "$6$fargoguest$RJulZ9IFnzMDsuqscutxmMIYO8lJQ5Q0KdjVxwWj7WnmSR4h1sWK2VG8aXfJOG3E9VkDLt4ghO/rfSQnaR4pa.";
const days = Math.floor(made / 86_400_000);

/** name, number, home, shell; every one has a group of the same name and number. */
const accounts: readonly (readonly [string, number, string, string])[] = [
  ["root", 0, "/root", "/bin/bash"],
  ["daemon", 1, "/usr/sbin", "/usr/sbin/nologin"],
  ["bin", 2, "/bin", "/usr/sbin/nologin"],
  ["sys", 3, "/dev", "/usr/sbin/nologin"],
  ["mail", 8, "/var/mail", "/usr/sbin/nologin"],
  ["www-data", 33, "/var/www", "/usr/sbin/nologin"],
  ["nobody", 65534, "/nonexistent", "/usr/sbin/nologin"],
  ["systemd-network", 101, "/run/systemd", "/usr/sbin/nologin"],
  ["messagebus", 102, "/run/dbus", "/usr/sbin/nologin"],
  ["sshd", 103, "/run/sshd", "/usr/sbin/nologin"],
  ["user", 1000, "/home/user", "/bin/bash"],
];
const moreGroups = ["adm:x:4:user", "tty:x:5:", "disk:x:6:", "sudo:x:27:user", "users:x:100:user", "docker:x:998:"];

/** One program under many names, as on small systems: they are links to it. */
const applets =
  "arch awk base32 base64 basename cat chgrp chmod chown cksum clear comm cp cut date dd df diff dirname dmesg du echo egrep env expand expr false fgrep file find fold free getent grep groups gunzip gzip head hostid hostname id install join kill less ln logger logname ls md5sum mkdir mktemp more mv nl nohup nproc od paste pgrep pidof ping pkill printenv printf ps pwd readlink realpath rev rm rmdir sed seq sh sha1sum sha256sum sha512sum sleep sort split stat strings stty sum sync tac tail tar tee test time timeout top touch tr tree true truncate tty uname unexpand uniq unlink uptime users wc wget which who whoami xargs yes zcat".split(
    " ",
  );
/** Programs of their own: path and KiB. */
const programs: readonly (readonly [string, number])[] = [
  ["/usr/bin/bash", 300],
  ["/usr/bin/curl", 60],
  ["/usr/bin/hostnamectl", 24],
  ["/usr/bin/jq", 28],
  ["/usr/bin/journalctl", 40],
  ["/usr/bin/nmcli", 64],
  ["/usr/bin/passwd", 32],
  ["/usr/bin/ssh", 90],
  ["/usr/bin/ssh-keygen", 60],
  ["/usr/bin/sudo", 40],
  ["/usr/bin/systemctl", 90],
  ["/usr/bin/timedatectl", 24],
  ["/usr/bin/vi", 80],
  ["/usr/bin/vmtoolsd", 60],
  ["/usr/bin/vmware-rpctool", 20],
  ["/usr/bin/vmware-toolbox-cmd", 32],
  ["/usr/sbin/groupadd", 28],
  ["/usr/sbin/hwclock", 28],
  ["/usr/sbin/ifconfig", 32],
  ["/usr/sbin/ip", 80],
  ["/usr/sbin/modprobe", 40],
  ["/usr/sbin/nologin", 8],
  ["/usr/sbin/reboot", 8],
  ["/usr/sbin/route", 24],
  ["/usr/sbin/shutdown", 12],
  ["/usr/sbin/sshd", 120],
  ["/usr/sbin/useradd", 40],
  ["/usr/lib/systemd/systemd", 200],
  ["/usr/lib/systemd/systemd-logind", 60],
  ["/usr/lib/systemd/systemd-networkd", 120],
  ["/usr/lib/x86_64-linux-gnu/ld-linux-x86-64.so.2", 60],
  ["/usr/lib/x86_64-linux-gnu/libc.so.6", 480],
  ["/usr/lib/x86_64-linux-gnu/libcrypto.so.3", 600],
  ["/usr/lib/x86_64-linux-gnu/libvmtools.so.0", 100],
  ["/boot/vmlinuz-6.1.83", 700],
];

const release = `NAME="Fargo Linux"
VERSION="1"
ID=fargo
ID_LIKE=debian
VERSION_ID=1
PRETTY_NAME="Fargo Linux 1"
`;

const unit = (description: string, command: string) => `[Unit]
Description=${description}
After=network.target

[Service]
ExecStart=${command}
Restart=on-failure

[Install]
WantedBy=multi-user.target
`;

const profile = `# ~/.bashrc: what interactive shells begin with.
export PS1='\\u@\\h:\\w\\$ '
alias ll='ls -l'
`;

/** The files that differ from machine to machine; they come first, so that what tells of them lies together. */
export const ownFiles = machineFiles({ hostName: "localhost", ipAddress: undefined, machineId: "0".repeat(32) });

export const tree: readonly Node[] = [
  ...["boot", "dev", "home", "media", "mnt", "opt", "proc", "run", "srv", "sys", "usr", "var"].map((name) =>
    directory(`/${name}`),
  ),
  directory("/root", 0o700),
  directory("/tmp", 0o1777),
  ...["bin", "lib", "local", "local/bin", "local/sbin", "sbin", "share", "share/doc", "share/licenses"].map((name) =>
    directory(`/usr/${name}`),
  ),
  ...["cache", "lib", "lib/dbus", "lib/systemd", "lib/vmware", "log", "log/journal", "mail", "spool", "www"].map(
    (name) => directory(`/var/${name}`),
  ),
  directory("/var/tmp", 0o1777),
  ...["cron.hourly", "default", "profile.d", "security", "ssh", "ssl", "ssl/certs", "sysctl.d", "systemd/system"].map(
    (name) => directory(`/etc/${name}`),
  ),
  ...["systemd/system/multi-user.target.wants", "vmware-tools", "vmware-tools/scripts", "skel"].map((name) =>
    directory(`/etc/${name}`),
  ),
  ...["lib/systemd", "lib/x86_64-linux-gnu", "lib/modules", "lib/modules/6.1.83"].map((name) =>
    directory(`/usr/${name}`),
  ),
  link("/bin", "usr/bin"),
  link("/sbin", "usr/sbin"),
  link("/lib", "usr/lib"),
  link("/lib64", "usr/lib/x86_64-linux-gnu"),
  link("/usr/sbin/init", "../lib/systemd/systemd"),
  link("/var/run", "/run"),
  link("/etc/mtab", "../proc/self/mounts"),
  link("/etc/localtime", "../usr/share/zoneinfo/UTC"),
  link("/etc/os-release", "../usr/lib/os-release"),

  file("/usr/lib/os-release", release),
  file(
    "/etc/passwd",
    accounts.map(([name, id, home, shell]) => `${name}:x:${id}:${id}:${name}:${home}:${shell}\n`).join(""),
  ),
  file(
    "/etc/shadow",
    accounts.map(([name]) => `${name}:${name === "root" ? rootHash : "*"}:${days}:0:99999:7:::\n`).join(""),
    0o640,
  ),
  file(
    "/etc/group",
    [...accounts.map(([name, id]) => `${name}:x:${id}:`), ...moreGroups].map((line) => `${line}\n`).join(""),
  ),
  file("/etc/gshadow", accounts.map(([name]) => `${name}:*::\n`).join(""), 0o640),
  file("/etc/fstab", "# <device> <directory> <type> <options> <dump> <pass>\n/dev/sda / ext4 defaults,noatime 0 1\n"),
  file("/etc/resolv.conf", "nameserver 127.0.0.53\noptions edns0\nsearch lab.local\n"),
  file("/etc/nsswitch.conf", "passwd: files\ngroup: files\nshadow: files\nhosts: files dns\n"),
  file("/etc/environment", 'PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"\nLANG=C.UTF-8\n'),
  file("/etc/profile", "export PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin\numask 022\n"),
  file("/etc/shells", "/bin/sh\n/bin/bash\n"),
  file("/etc/issue", "Fargo Linux 1 \\n \\l\n"),
  file("/etc/motd", "Welcome to Fargo Linux, the guest of a simulated machine.\n"),
  file("/etc/timezone", "Etc/UTC\n"),
  file("/etc/adjtime", "0.0 0 0.0\n0\nUTC\n"),
  file("/etc/services", "ssh\t22/tcp\ndomain\t53/tcp\ndomain\t53/udp\nhttp\t80/tcp\nntp\t123/udp\nhttps\t443/tcp\n"),
  file("/etc/sysctl.d/50-default.conf", "net.ipv4.ip_forward = 0\nkernel.sysrq = 16\nvm.swappiness = 10\n"),
  file("/etc/sudoers", "root ALL=(ALL:ALL) ALL\n%sudo ALL=(ALL:ALL) ALL\n", 0o440),
  file("/etc/crontab", "SHELL=/bin/sh\n17 * * * * root run-parts /etc/cron.hourly\n"),
  file("/etc/systemd/resolved.conf", "[Resolve]\n#DNS=\n#Domains=\n"),
  file("/etc/systemd/system/vmtoolsd.service", unit("VMware Tools of the virtual machine", "/usr/bin/vmtoolsd")),
  file("/etc/systemd/system/sshd.service", unit("OpenSSH server", "/usr/sbin/sshd -D")),
  link("/etc/systemd/system/multi-user.target.wants/vmtoolsd.service", "../vmtoolsd.service"),
  link("/etc/systemd/system/multi-user.target.wants/sshd.service", "../sshd.service"),
  file("/etc/ssh/sshd_config", "Port 22\nPermitRootLogin yes\nPasswordAuthentication yes\nUsePAM no\n"),
  file("/etc/ssh/ssh_config", "Host *\n    HashKnownHosts yes\n"),
  file("/etc/vmware-tools/tools.conf", "[guestinfo]\nprimary-nics=ens192,eth0\n\n[logging]\nlog=true\n"),
  file("/etc/ssl/certs/ca-certificates.crt", prose("certificates", 180_000)),
  file("/etc/skel/.bashrc", profile),

  file("/root/.bashrc", profile),
  directory("/root/.ssh", 0o700),
  file("/root/.ssh/authorized_keys", "", 0o600),
  directory("/home/user", 0o755, 1000, 1000),
  file("/home/user/.bashrc", profile, 0o644, 1000, 1000),
  file("/home/user/notes.txt", prose("notes", 2500), 0o644, 1000, 1000),
  directory("/opt/app"),
  directory("/opt/app/bin"),
  file("/opt/app/app.conf", "listen = 0.0.0.0:8080\nworkers = 4\nlog = /var/log/app.log\n"),
  file("/opt/app/bin/app", program("app", 240 * 1024), 0o755),
  directory("/srv/www"),
  file("/srv/www/index.html", "<!doctype html>\n<title>It works</title>\n<p>It works.</p>\n"),

  file("/var/log/syslog", log("syslog", made - 20 * 86_400_000, 4000), 0o640, 0, 4),
  file("/var/log/auth.log", log("auth", made - 20 * 86_400_000, 600), 0o640, 0, 4),
  file("/var/log/vmware-vmsvc.log", log("vmsvc", made - 86_400_000, 400), 0o600),
  file("/var/log/wtmp", "", 0o664),
  file("/var/lib/systemd/random-seed", program("random-seed", 512).subarray(64), 0o600),
  link("/var/lib/dbus/machine-id", "/etc/machine-id"),

  file("/usr/bin/busybox", program("busybox", 700 * 1024), 0o755),
  ...applets.map((name): Node => ({ path: `/usr/bin/${name}`, link: "/usr/bin/busybox" })),
  ...programs.map(([path, size]) => file(path, program(path, size * 1024), 0o755)),
  file("/boot/config-6.1.83", prose("config", 60_000)),
  file(
    "/usr/lib/modules/6.1.83/modules.dep",
    "kernel/drivers/net/vmxnet3/vmxnet3.ko:\nkernel/drivers/scsi/vmw_pvscsi.ko:\n",
  ),
  directory("/usr/share/zoneinfo"),
  file("/usr/share/zoneinfo/UTC", Buffer.from("TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0", "latin1")),
  file("/usr/share/licenses/LICENSE", prose("license", 18_000)),
  file("/usr/share/words", prose("words", 250_000)),
  ...["bash", "busybox", "curl", "openssh", "systemd", "open-vm-tools"].flatMap((name) => [
    directory(`/usr/share/doc/${name}`),
    file(`/usr/share/doc/${name}/README`, prose(`${name} readme`, 9_000)),
    file(`/usr/share/doc/${name}/changelog`, prose(`${name} changelog`, 30_000)),
  ]),
];
