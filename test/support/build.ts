import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** The command line is tested as it is shipped, so it is built once before the tests. */
export default (): void => {
  const root = resolve(import.meta.dirname, '../..');
  const { status, stdout } = spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], { encoding: 'utf8' });
  if (status === 0) return;
  // Halfway through a change, the tests of other parts are still worth running; what CI tests must compile.
  if (process.env['CI'] === 'true' || !existsSync(join(root, 'dist'))) throw new Error(`The build failed:\n${stdout}`);
  console.warn(`The build failed, and the command line is tested as it was built before:\n${stdout}`);
};
