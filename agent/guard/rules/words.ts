import { UNKNOWN_NAME } from '../lexer/token-stream.ts';
import { learnWord } from '../lexer/word-table.ts';

/**
 * The PHP words the analysis knows, by what they mean for it. The order of `GROUPS` and of the
 * words gives the features their names, never their meaning: weights are kept by word.
 */
const GROUPS = {
  request:
    '$_GET $_POST $_REQUEST $_COOKIE $HTTP_GET_VARS $HTTP_POST_VARS $HTTP_COOKIE_VARS $HTTP_RAW_POST_DATA $_HTTP_POST_VARS',
  upload: '$_FILES $HTTP_POST_FILES',
  server: '$_SERVER $_ENV $HTTP_SERVER_VARS',
  session: '$_SESSION',
  globals: '$GLOBALS',
  requestCall: 'getallheaders apache_request_headers getenv import_request_variables filter_input',
  code: 'eval assert create_function',
  pattern: 'preg_replace preg_filter mb_ereg_replace mb_eregi_replace ereg_replace',
  shell:
    'system exec passthru shell_exec popen proc_open pcntl_exec win_shell_execute com_event_sink expect_popen',
  include: 'include include_once require require_once',
  callback:
    'call_user_func call_user_func_array array_map array_filter array_walk array_walk_recursive array_reduce usort uasort uksort array_diff_ukey array_udiff array_uintersect array_intersect_ukey array_diff_uassoc array_intersect_uassoc array_udiff_assoc array_udiff_uassoc preg_replace_callback register_shutdown_function register_tick_function ob_start iterator_apply set_error_handler set_exception_handler forward_static_call forward_static_call_array mb_ereg_replace_callback spl_autoload_register session_set_save_handler yaml_parse filter_var filter_var_array header_register_callback sqlite_create_function array_uintersect_uassoc',
  write:
    'file_put_contents fwrite fputs move_uploaded_file copy rename fputcsv symlink link touch chmod mkdir ftruncate',
  remove: 'unlink rmdir chown chgrp',
  read: 'file_get_contents readfile file fopen fread fgets fgetc show_source highlight_file highlight_string opendir readdir scandir dir glob parse_ini_file stream_get_contents finfo_open php_strip_whitespace gzfile readgzfile gzopen bzopen',
  net: 'fsockopen pfsockopen socket_create socket_connect socket_bind socket_listen stream_socket_client stream_socket_server curl_init curl_exec curl_setopt curl_multi_exec ftp_connect ftp_login ftp_get ftp_put gethostbyname dns_get_record ssh2_connect ssh2_exec imap_open ldap_connect snmpget stream_context_create',
  mail: 'mail mb_send_mail imap_mail',
  sql: 'mysql_connect mysql_query mysql_pconnect mysql_select_db mysql_fetch_array mysql_fetch_assoc mysql_fetch_row mysql_list_dbs mysql_list_tables mysql_close mysql_error mysqli_connect mysqli_query pg_connect pg_query mssql_connect mssql_query oci_connect odbc_connect ibase_connect sqlite_open mysql_num_rows mysql_num_fields mysql_result mysql_db_name mysql_create_db mysql_unbuffered_query',
  account:
    'wp_create_user wp_insert_user wp_set_auth_cookie wp_set_current_user wp_set_password grant_super_admin username_exists user_can get_userdata',
  decode:
    'base64_decode gzinflate gzuncompress gzdecode str_rot13 convert_uudecode hex2bin rawurldecode urldecode strrev pack unpack openssl_decrypt mcrypt_decrypt mcrypt_cbc bzdecompress zlib_decode inflate_add stripslashes html_entity_decode htmlspecialchars_decode quoted_printable_decode unserialize utf8_decode iconv',
  encode:
    'base64_encode gzdeflate gzcompress gzencode bin2hex rawurlencode urlencode serialize md5 sha1 crc32 crypt hash htmlspecialchars htmlentities json_encode json_decode nl2br addslashes escapeshellarg escapeshellcmd mcrypt_encrypt openssl_encrypt strip_tags intval floatval',
  build:
    'chr ord str_replace str_ireplace substr substr_replace strtr implode join explode str_split sprintf vsprintf str_repeat str_pad array_reverse array_shift array_pop range dechex hexdec octdec bindec decbin base_convert strtolower strtoupper ucfirst lcfirst ucwords trim ltrim rtrim chop strstr strpos stripos strlen count preg_match preg_match_all preg_split preg_quote ereg eregi split eregi_replace similar_text levenshtein strcmp strcasecmp strncmp substr_count wordwrap chunk_split nl_langinfo array_flip array_keys array_values array_merge current reset end next key each compact extract parse_str get_defined_vars func_get_args function_exists method_exists class_exists is_callable get_defined_functions get_loaded_extensions extension_loaded get_class rand mt_rand shuffle uniqid microtime time date define constant defined array_search in_array array_rand number_format round floor ceil pow sqrt max min abs print_r var_dump var_export printf print echo die exit sleep usleep flush ob_get_clean ob_end_clean ob_get_contents ob_clean ob_flush ob_gzhandler ob_end_flush is_array is_string is_numeric isset unset empty list array',
  system:
    'error_reporting ini_set ini_get ini_restore ini_get_all set_time_limit ignore_user_abort set_magic_quotes_runtime get_magic_quotes_gpc php_uname phpversion phpinfo php_sapi_name getmyuid getmypid getmyinode get_current_user getcwd chdir chroot posix_getpwuid posix_getgrgid posix_getuid posix_geteuid posix_getgid posix_getegid posix_kill posix_setuid posix_getpwnam posix_uname posix_ttyname posix_isatty disk_free_space disk_total_space diskfreespace is_dir is_file is_readable is_writable is_writeable is_executable is_link file_exists fileperms fileowner filegroup filesize filemtime fileatime filectime stat lstat readlink realpath basename dirname pathinfo tempnam tmpfile sys_get_temp_dir safe_mode_exec_dir dl putenv apache_setenv apache_note apache_child_terminate virtual debug_backtrace error_log syslog openlog header headers_sent setcookie session_start session_destroy session_register session_id http_response_code clearstatcache feof fclose pclose proc_close proc_get_status proc_terminate pcntl_fork pcntl_alarm stream_select stream_set_blocking fflush fseek ftell gzcompress gzwrite umask lchown fnmatch checkdate highlight_array com dotnet java win32_create_service splfileobject splfileinfo directoryiterator recursivedirectoryiterator recursiveiteratoriterator ziparchive reflectionfunction reflectionclass reflectionmethod pdo mysqli soapclient simplexml_load_string domdocument domxpath xsltprocessor closure callbackfilteriterator arrayobject sqlite3 exif_read_data array_diff curl_multi_getcontent wp_remote_get ffi',
  structure:
    'function fn class extends implements interface trait namespace use abstract final public private protected static const var new clone instanceof return if else elseif endif while endwhile for endfor foreach endforeach do switch case default break continue goto try catch finally throw yield global declare as and or xor insteadof match enum readonly never void',
  constant:
    'true false null __file__ __line__ __dir__ __function__ __class__ __method__ __namespace__ php_os php_version directory_separator php_eol e_all infinity php_int_max filter_callback lock_ex file_append php_os_family',
  cast: 'int integer bool boolean float double real string binary object',
  self: 'self parent $this',
} as const;

export type WordGroup = keyof typeof GROUPS;

const groupOf: WordGroup[] = [];
const members = {} as Record<WordGroup, ReadonlySet<number>>;

for (const group of Object.keys(GROUPS) as WordGroup[]) {
  const ids = GROUPS[group].split(' ').map(learnWord);
  members[group] = new Set(ids);
  for (const id of ids) groupOf[id] ??= group;
}

/** Ids of a group's words. */
export const WORDS: Readonly<Record<WordGroup, ReadonlySet<number>>> = members;

/** The group of a known word's id. */
export function wordGroup(id: number): WordGroup | undefined {
  return id < UNKNOWN_NAME ? groupOf[id] : undefined;
}

/** Functions whose callback is not the first argument. */
export const CALLBACK_LATER: ReadonlySet<number> = new Set(
  'array_filter array_walk array_walk_recursive array_reduce usort uasort uksort array_diff_ukey array_udiff array_uintersect array_intersect_ukey array_diff_uassoc array_intersect_uassoc array_udiff_assoc array_udiff_uassoc preg_replace_callback iterator_apply mb_ereg_replace_callback filter_var filter_var_array sqlite_create_function'
    .split(' ')
    .map(learnWord),
);
