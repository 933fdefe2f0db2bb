import { INSTALLED } from './places.ts';

/**
 * What root's part may at most, and why: to become each account (SETUID, SETGID) and read its home
 * (DAC_READ_SEARCH), to put a mended file in the place of another with its owner (CHOWN, FOWNER,
 * DAC_OVERRIDE), to watch file systems as a whole (SYS_ADMIN), to end its own workers (KILL).
 */
const RIGHTS = [
  ...['CAP_SETUID', 'CAP_SETGID', 'CAP_DAC_READ_SEARCH', 'CAP_DAC_OVERRIDE'],
  ...['CAP_CHOWN', 'CAP_FOWNER', 'CAP_SYS_ADMIN', 'CAP_KILL'],
];

/** The unit of systemd. Homes are wherever the server has them, so what is shut is everything else. */
export function unitFile(): string {
  const { program, settings } = INSTALLED;
  const main = `${program}/current/agent/guard/guard-main.ts`;
  return `[Unit]
Description=Stoika Guard: finds and mends malware on the sites of this server
After=network-online.target
Wants=network-online.target
ConditionPathExists=${settings}/server.json

[Service]
Type=exec
ExecStart=${program}/current/bin/node --no-warnings ${main} serve
Restart=always
RestartSec=2
KillMode=mixed
TimeoutStopSec=20
UMask=0077
NoNewPrivileges=yes
CapabilityBoundingSet=${RIGHTS.join(' ')}
ProtectSystem=full
ReadWritePaths=${settings}
PrivateTmp=yes
PrivateDevices=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6
RestrictNamespaces=yes
RestrictRealtime=yes
LockPersonality=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service fanotify_init fanotify_mark open_by_handle_at
SystemCallErrorNumber=EPERM
Nice=5
CPUWeight=50
IOWeight=50
MemoryMax=1536M
TasksMax=256

[Install]
WantedBy=multi-user.target
`;
}
