/**
 * Functions that would leave the account: processes, links, sockets, loading native code, and the
 * runtime's own bridge to JavaScript. The walls behind them (no such system calls, `--permission`,
 * the account's own Unix user) hold without this list; it turns a hang or a warning into a clean
 * "undefined function" that applications know how to handle.
 */
const disabledFunctions = [
  ...['exec', 'shell_exec', 'system', 'passthru', 'popen', 'proc_open', 'proc_nice'],
  ...['proc_terminate', 'proc_get_status', 'pcntl_exec', 'pcntl_fork', 'dl'],
  ...['symlink', 'link', 'readlink', 'linkinfo', 'chown', 'chgrp', 'lchown', 'lchgrp'],
  ...['fsockopen', 'pfsockopen', 'stream_socket_client', 'stream_socket_server'],
  ...['stream_socket_pair', 'socket_create', 'curl_exec', 'curl_multi_exec', 'ftp_connect'],
  ...['mysqli_connect', 'mysqli_real_connect', 'post_message_to_js', 'disk_free_space'],
  ...['disk_total_space', 'posix_kill'],
];

/** Where PHP says what it was asked to send: not a file, each line goes to the node at once. */
export const mailLogPath = '/internal/mail.log';

/** The php.ini of an account; `home` as PHP sees it. */
export function phpIni(home: string, memoryLimitMb: number, maxBodyMb: number): string {
  const settings = {
    memory_limit: `${memoryLimitMb}M`,
    post_max_size: `${maxBodyMb}M`,
    upload_max_filesize: `${maxBodyMb}M`,
    max_file_uploads: 50,
    open_basedir: `${home}:/tmp:${mailLogPath}`,
    disable_functions: disabledFunctions.join(','),
    // Nothing can be sent from here, and mail() says so; applications cope with that better than
    // with a function that is not there, and who tries to send is worth knowing.
    'mail.log': mailLogPath,
    sendmail_path: '/bin/false',
    allow_url_fopen: 0,
    allow_url_include: 0,
    enable_dl: 0,
    expose_php: 0,
    display_errors: 0,
    log_errors: 1,
    error_log: `${home}/logs/php-errors.log`,
    html_errors: 0,
    error_reporting: 'E_ALL',
    'date.timezone': 'UTC',
    'session.save_path': `${home}/tmp`,
    'session.use_strict_mode': 1,
    'session.cookie_httponly': 1,
    'session.cookie_samesite': 'Lax',
    sys_temp_dir: '/tmp',
    upload_tmp_dir: '/tmp',
    // A page is collected and sent whole: a header set late is no error, as on most hostings.
    output_buffering: 65_536,
    implicit_flush: 0,
    max_execution_time: 0,
    'opcache.enable': 1,
    'opcache.enable_cli': 1,
    'opcache.jit': 0,
    'opcache.file_cache': '/internal/shared/opcache',
    'opcache.file_cache_only': 1,
    // An uploaded file shows at once; younger than two seconds it is not cached at all,
    // because times are compared in whole seconds.
    'opcache.revalidate_freq': 0,
    'opcache.file_update_protection': 2,
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name} = ${typeof value === 'number' ? value : quoted(value)}`)
    .join('\n');
}

function quoted(value: string): string {
  return value === 'E_ALL' ? value : `"${value}"`;
}
