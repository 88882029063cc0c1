import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';

/** The command line is tested as it is shipped, so it is built once before the tests. */
export default (): void => {
  const root = resolve(import.meta.dirname, '../..');
  const { status, stdout } = spawnSync(process.execPath, [join(root, 'scripts/build.mjs')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`The build failed:\n${stdout}`);
};
