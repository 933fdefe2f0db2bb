import type { PanelSection } from '../panel/route.ts';

/** The rail, top to bottom. Words: `shell.admin.<id>` in `web/texts`. */
export const adminSections: readonly PanelSection[] = [];
