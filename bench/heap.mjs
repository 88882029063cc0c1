// Preloaded into a process that is asked, by a signal, what lives in it: its heap after a collection, in bytes, a line each time.
import { appendFileSync } from 'node:fs';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { isMainThread } from 'node:worker_threads';

if (isMainThread) {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc');
  process.on('SIGUSR2', () => {
    collect();
    const { heapUsed, rss } = process.memoryUsage();
    appendFileSync(process.env.BENCH_HEAP, `${JSON.stringify({ heap: heapUsed, rss })}\n`);
  });
}
