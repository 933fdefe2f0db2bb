/** A row of an INSERT, its values as one character per byte; null for NULL. */
export interface SqlRow {
  table: string;
  values: readonly (string | null)[];
  /** A value was longer than is kept. */
  cut: boolean;
}

export interface SqlReader {
  /** Takes the next bytes of the dump; gives rows as they are complete. */
  push: (chunk: Uint8Array) => void;
}

/** Most that is kept of one value, and of one row's values by number. */
const LONGEST_VALUE = 4 * 1024 * 1024;
const MOST_VALUES = 256;
const LONGEST_WORD = 256;

const enclosing = '\'"`';
const ESCAPES: Record<string, string> = { n: '\n', r: '\r', t: '\t', 0: '\0', Z: '\x1a', b: '\b' };

type Mode = 'between' | 'word' | 'quoted' | 'escaped' | 'closing' | 'line' | 'block';

interface State {
  mode: Mode;
  quote: string;
  text: string[];
  length: number;
  last: string;
  /** Words since the statement began, as far as `INSERT INTO table`. */
  statement: string[];
  inValues: boolean;
  depth: number;
  row: (string | null)[];
  cut: boolean;
}

/**
 * Reads a dump of MySQL or MariaDB piece by piece: INSERT and REPLACE with strings as
 * mysqldump escapes them, hexadecimal blobs, comments. Nothing else of SQL is understood, nothing is
 * run, and memory holds one row at most.
 */
export function makeSqlReader(onRow: (row: SqlRow) => void): SqlReader {
  const state: State = {
    mode: 'between',
    quote: '',
    text: [],
    length: 0,
    last: '',
    statement: [],
    inValues: false,
    depth: 0,
    row: [],
    cut: false,
  };
  return {
    push: (chunk) => {
      for (const char of Buffer.from(chunk).toString('latin1')) step(state, char, onRow);
    },
  };
}

function step(state: State, char: string, onRow: (row: SqlRow) => void): void {
  switch (state.mode) {
    case 'line':
      if (char === '\n') state.mode = 'between';
      return;
    case 'block':
      if (state.last === '*' && char === '/') state.mode = 'between';
      state.last = char;
      return;
    case 'escaped':
      add(state, ESCAPES[char] ?? char);
      state.mode = 'quoted';
      return;
    case 'quoted':
      if (char === '\\' && state.quote !== '`') state.mode = 'escaped';
      else if (char === state.quote) state.mode = 'closing';
      else add(state, char);
      return;
    case 'closing':
      if (char === state.quote) {
        add(state, char);
        state.mode = 'quoted';
        return;
      }
      finish(state, true);
      break;
    case 'word':
      if (/[\w.$+-]/.test(char)) return add(state, char);
      finish(state, false);
      break;
    case 'between':
      break;
  }
  begin(state, char, onRow);
}

/** A character that belongs to no value or word that began before it. */
function begin(state: State, char: string, onRow: (row: SqlRow) => void): void {
  const before = state.last;
  state.last = char;
  state.mode = 'between';
  if (enclosing.includes(char)) {
    state.mode = 'quoted';
    state.quote = char;
  } else if (char === '*' && before === '/') state.mode = 'block';
  else if (char === '#' || (char === '-' && before === '-')) state.mode = 'line';
  else if (/\w/.test(char)) {
    state.mode = 'word';
    add(state, char);
  } else if (char === '(') state.depth++;
  else if (char === ')') closeRow(state, onRow);
  else if (char === ';') {
    state.statement = [];
    state.inValues = false;
    state.depth = 0;
    state.row = [];
  }
}

function add(state: State, char: string): void {
  if (state.length >= LONGEST_VALUE) state.cut = true;
  else {
    state.text.push(char);
    state.length++;
  }
}

function finish(state: State, quoted: boolean): void {
  const text = state.text.join('');
  state.text = [];
  state.length = 0;
  if (state.inValues && state.depth > 0) {
    if (state.row.length >= MOST_VALUES) state.cut = true;
    else state.row.push(quoted ? text : literal(text));
  } else if (!quoted && /^values?$/i.test(text)) state.inValues = isInsert(state.statement);
  else if (state.depth === 0 && state.statement.length < 5) {
    state.statement.push(quoted ? text : text.slice(0, LONGEST_WORD));
  }
}

function literal(word: string): string | null {
  if (/^null$/i.test(word)) return null;
  if (/^0x(?:[0-9a-f]{2})+$/i.test(word))
    return Buffer.from(word.slice(2), 'hex').toString('latin1');
  return word;
}

function isInsert(statement: readonly string[]): boolean {
  return /^(insert|replace)$/i.test(statement[0] ?? '');
}

function closeRow(state: State, onRow: (row: SqlRow) => void): void {
  state.depth = Math.max(0, state.depth - 1);
  if (!state.inValues || state.depth > 0) return;
  const table = state.statement.at(-1) ?? '';
  onRow({ table: table.slice(table.lastIndexOf('.') + 1), values: state.row, cut: state.cut });
  state.row = [];
  state.cut = false;
}
