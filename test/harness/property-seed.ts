import fc from 'fast-check';

/** Everybody tries the same cases, so what is red is red for all; `SEED=$RANDOM` tries others. */
fc.configureGlobal({ seed: Number(process.env['SEED'] ?? 20230403) });
