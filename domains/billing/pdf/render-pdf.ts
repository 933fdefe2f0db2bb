import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import type { DocumentView } from './document-view.ts';

const TEMPLATE = readFileSync(join(import.meta.dirname, 'invoice.typ'), 'utf8');
const WEIGHTS = ['400Regular', '500Medium', '600SemiBold'] as const;

let compiler: NodeCompiler | undefined;

/** Fonts are read once a process; a document then takes some milliseconds. */
function theCompiler(): NodeCompiler {
  const { resolve } = createRequire(import.meta.url);
  compiler ??= NodeCompiler.create({
    workspace: import.meta.dirname,
    fontArgs: [
      {
        fontBlobs: WEIGHTS.map((weight) =>
          readFileSync(resolve(`@expo-google-fonts/onest/${weight}/Onest_${weight}.ttf`)),
        ),
      },
    ],
  });
  return compiler;
}

/** How many documents old a memoised layout may be before it is forgotten; bounds memory. */
const CACHE_AGE = 10;

/** A document as PDF. The same view and instant give the same bytes. */
export function renderPdf(view: DocumentView, issuedAt: Temporal.Instant): Uint8Array<ArrayBuffer> {
  return layOutPdf(TEMPLATE, view, issuedAt);
}

/**
 * Lays a view out by a Typst template, which reads it as JSON from `sys.inputs.view`. The same
 * template, view and instant give the same bytes.
 */
export function layOutPdf(
  template: string,
  view: unknown,
  at: Temporal.Instant,
): Uint8Array<ArrayBuffer> {
  const typst = theCompiler();
  const compiled = typst.compile({
    mainFileContent: template,
    inputs: { view: JSON.stringify(view) },
  });
  const { result } = compiled;
  if (!result) {
    const problems = JSON.stringify(compiled.takeDiagnostics()?.shortDiagnostics);
    throw new Error(`the document could not be laid out: ${problems}`);
  }
  const pdf = typst.pdf(result, {
    creationTimestamp: Math.floor(at.epochMilliseconds / 1000),
  });
  typst.evictCache(CACHE_AGE);
  return new Uint8Array(pdf);
}
