// npm start
import { inPlainWords } from './in-plain-words.mjs';
import { installPackages } from './install-packages.mjs';
import { runPinned } from './run-pinned.mjs';

await inPlainWords(async () => {
  await installPackages();
  return runPinned(['app/main.ts', 'start', ...process.argv.slice(2)]);
});
