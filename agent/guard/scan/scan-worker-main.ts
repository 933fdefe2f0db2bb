import { parentPort, workerData } from 'node:worker_threads';
import { scanShare, type ScanOrder } from './scan-jobs.ts';

parentPort?.postMessage(await scanShare(workerData as ScanOrder));
