// What every other npm script of ours does first: install the packages if that is still to be done.
import { inPlainWords } from './in-plain-words.mjs';
import { installPackages } from './install-packages.mjs';

await inPlainWords(installPackages);
