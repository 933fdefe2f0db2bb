/** The few calls we make of the optional package, in our own words: types are checked without it. */
declare module '@litko/yara-x' {
  export function compile(source: string): {
    scan(content: Buffer): { ruleIdentifier: string }[];
    setMaxMatchesPerPattern(most: number): void;
  };
}
