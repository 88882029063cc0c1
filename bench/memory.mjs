import { writeFileSync } from 'node:fs';

process.once('exit', () => writeFileSync(process.env.BENCH_MEMORY, String(process.resourceUsage().maxRSS)));
