import '../ui/styles.css';
import { createRoot } from 'react-dom/client';
import { shellAt } from './shells.ts';
import { startPanel } from './start-panel.tsx';

const element = document.querySelector('#root');
const shell = shellAt(globalThis.location.pathname);
if (element && shell) void startPanel(createRoot(element), await shell.load());
