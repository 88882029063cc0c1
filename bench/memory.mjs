import { appendFileSync } from 'node:fs';

process.once('exit', () => appendFileSync(process.env.BENCH_MEMORY, `${process.resourceUsage().maxRSS}\n`));
