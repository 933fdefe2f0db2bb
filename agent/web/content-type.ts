const text = (type: string) => `${type}; charset=utf-8`;

const byExtension: Record<string, string> = {
  aac: 'audio/aac',
  atom: text('application/atom+xml'),
  avif: 'image/avif',
  bmp: 'image/bmp',
  css: text('text/css'),
  csv: text('text/csv'),
  eot: 'application/vnd.ms-fontobject',
  flac: 'audio/flac',
  gif: 'image/gif',
  gz: 'application/gzip',
  htm: text('text/html'),
  html: text('text/html'),
  ico: 'image/x-icon',
  ics: text('text/calendar'),
  jpeg: 'image/jpeg',
  jpg: 'image/jpeg',
  js: text('text/javascript'),
  json: 'application/json',
  m4a: 'audio/mp4',
  map: 'application/json',
  md: text('text/markdown'),
  mjs: text('text/javascript'),
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  ogg: 'audio/ogg',
  otf: 'font/otf',
  pdf: 'application/pdf',
  png: 'image/png',
  rss: text('application/rss+xml'),
  svg: 'image/svg+xml',
  tar: 'application/x-tar',
  ttf: 'font/ttf',
  txt: text('text/plain'),
  wasm: 'application/wasm',
  wav: 'audio/wav',
  webm: 'video/webm',
  webmanifest: 'application/manifest+json',
  webp: 'image/webp',
  woff: 'font/woff',
  woff2: 'font/woff2',
  xhtml: text('application/xhtml+xml'),
  xml: text('application/xml'),
  zip: 'application/zip',
};

/** The media type by the name's extension; unknown ones download rather than guess. */
export function contentType(name: string): string {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return Object.hasOwn(byExtension, extension)
    ? (byExtension[extension] ?? '')
    : 'application/octet-stream';
}
