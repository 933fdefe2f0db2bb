import type { PanelSection } from '../panel/route.ts';

/** The rail, top to bottom. Words: `shell.seller.<id>` in `web/texts`. */
export const sellerSections: readonly PanelSection[] = [];
