// npm start, npm run rate …: a program of ours, after the packages are installed where they are not.
import { inPlainWords } from './in-plain-words.mjs';
import { installPackages } from './install-packages.mjs';
import { runPinned } from './run-pinned.mjs';

await inPlainWords(async () => {
  await installPackages();
  return runPinned(process.argv.slice(2));
});
