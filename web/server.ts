/** The server's half of the web, built into `dist/store-server/server.js` for `platform/http/web.ts`. */
export { faviconSvg } from './favicon.ts';
export { panelDocument } from './panel/panel-document.ts';
export { failureDocument } from './store/failure-document.ts';
export { sitemapOf } from './store/sitemap.ts';
export { visitStore } from './store/visit-store.tsx';
