/**
 * What our rules look for, as near as YARA's language comes to it: one rule each, by the source's
 * looks where ours follow data. Written here so that both scanners are asked about the same things.
 */
const REQUEST = String.raw`\$_(GET|POST|REQUEST|COOKIE)`;
const NEAR = String.raw`[\w@(\s"'.]{0,60}`;
const NAME = String.raw`\$\w{1,40}`;
const DECODE = '(base64_decode|gzinflate|gzuncompress|str_rot13|hex2bin|strrev|pack)';
const PIECES = String.raw`(["'][a-z_]{1,12}["']\s*\.\s*){1,8}["'][a-z_]{1,12}["']`;

const RULES: Record<string, readonly string[]> = {
  hidden_code: [
    `/${NAME}\\s*=\\s*${PIECES}\\s*;.{0,200}${NAME}\\s*\\(/`,
    `/array_(map|filter|walk)\\s*\\(\\s*["'](assert|eval|create_function)["']/`,
  ],
  hidden_shell: [`/array_(map|filter|walk)\\s*\\(\\s*["'](system|exec|passthru|shell_exec)["']/`],
  hidden_reader: [`/${NAME}\\s*=\\s*${DECODE}\\s*\\(\\s*["'][^"']{4,40}["']\\s*\\)/`],
  hidden_mailer: [`/mail\\s*\\(\\s*${DECODE}\\s*\\(/`],
  hidden_writer: [`/file_put_contents\\s*\\(\\s*${NEAR}${REQUEST}/`],
  remote_code: [`/(eval|assert|include|require)\\s*\\(\\s*${NEAR}https?:/`],
  request_code: [`/(eval|assert|create_function)\\s*\\(\\s*${NEAR}${REQUEST}/`],
  packed_code: [`/(eval|assert)\\s*\\(\\s*${DECODE}\\s*\\(/`],
  packed_call: [`/${NAME}\\s*=\\s*${DECODE}\\s*\\(.{0,80}${NAME}\\s*\\(\\s*${REQUEST}/`],
  built_call: [`/${NAME}\\s*=\\s*(chr\\s*\\(\\s*\\d{1,3}\\s*\\)\\s*\\.\\s*){3,40}/`],
  request_call: [`/${REQUEST}\\s*\\[[^\\]]{1,40}\\]\\s*\\(/`],
  request_callback: [`/(array_map|call_user_func|usort|array_filter)\\s*\\(\\s*${NEAR}${REQUEST}/`],
  request_variables: [`/(extract|parse_str)\\s*\\(\\s*${NEAR}${REQUEST}/`],
  indirect_code: [`/(eval|assert)\\s*\\(\\s*\\$\\{/`],
  indirect_shell: [`/(system|exec|passthru|shell_exec)\\s*\\(\\s*\\$\\{/`],
  indirect_call: [`/\\$\\{[^}]{1,60}\\}\\s*\\[[^\\]]{1,40}\\]\\s*\\(/`],
  reverse_shell: [`/fsockopen\\s*\\(.{0,400}proc_open\\s*\\(/`],
  request_shell: [
    `/(system|exec|passthru|shell_exec|popen|proc_open)\\s*\\(\\s*${NEAR}${REQUEST}/`,
    '/`[^`]{0,60}\\$_(GET|POST|REQUEST|COOKIE)/',
  ],
  request_include: [`/(include|require)(_once)?\\s*\\(?\\s*${NEAR}${REQUEST}/`],
  decoded_eval: [`/eval\\s*\\(\\s*${NAME}\\s*\\).{0,200}${DECODE}/`],
  call_quiet: [`/@\\s*${NAME}\\s*\\(\\s*stripslashes\\s*\\(/`],
  to_code_quiet: [`/${DECODE}\\s*\\(\\s*${REQUEST}/`],
  strange_include: [String.raw`/include\s*["'](\\x[0-9a-f]{2}|\\[0-7]{3}){2,}/`],
  shell_words: ['"c99shell"', '"r57shell"', '"b374k"', '"FilesMan"', '"uname -a"', '"/etc/passwd"'],
};

export const YARA_RULE_COUNT = Object.keys(RULES).length;

export const YARA_RULES = Object.entries(RULES)
  .map(([name, strings]) => {
    const lines = strings.map((text, at) => `    $s${at} = ${text} nocase`);
    return `rule ${name} {\n  strings:\n${lines.join('\n')}\n  condition:\n    any of them\n}\n`;
  })
  .join('\n');
