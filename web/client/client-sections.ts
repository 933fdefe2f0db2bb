import type { PanelSection } from '../panel/route.ts';

/** The rail, top to bottom. Words: `shell.client.<id>` in `web/texts`. */
export const clientSections: readonly PanelSection[] = [];
