import { readNodeOptions } from './node-options.ts';
import { runNode } from './run-node.ts';

/**
 * The node program: `STOIKA_NODE_CONTROL_TOKEN=… node agent/main.ts --data-folder=…`.
 * A parent with an IPC channel gets `{ ready }` and takes the node with it when it goes.
 */
const node = await runNode(readNodeOptions(process.env, process.argv.slice(2)));
delete process.env.STOIKA_NODE_CONTROL_TOKEN;

let stopping = false;
const stop = async () => {
  if (stopping) return;
  stopping = true;
  await node.stop();
  process.exit(0);
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
process.on('disconnect', stop);

const { controlPort, webPort, php } = node;
if (process.send) process.send({ ready: { controlPort, webPort, php } });
else process.stdout.write(`${JSON.stringify({ ready: { controlPort, webPort, php } })}\n`);
