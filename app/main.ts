const USAGE = `stoika start      start everything and print the addresses
stoika verify     check that books, documents and deliveries agree
stoika openapi    write docs/openapi.json
stoika rate       answer the pricing cases on standard input`;

/** The command line: one command, carried out by the file of its name. */
async function main(command: string | undefined): Promise<void> {
  if (command === 'start') return (await import('./start.ts')).start();
  if (command === 'verify') return (await import('./verify.ts')).verify();
  if (command === 'openapi') return (await import('./write-open-api.ts')).writeOpenApi();
  if (command === 'rate') return (await import('./rate.ts')).rate();
  console.log(USAGE);
  process.exitCode = command === undefined || command === 'help' ? 0 : 2;
}

await main(process.argv[2]);
