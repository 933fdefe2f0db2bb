/** What people type, as a part of a LIKE pattern that matches it letter for letter. */
export function likeText(typed: string): string {
  return typed.replaceAll(/[\\%_]/g, String.raw`\$&`);
}
