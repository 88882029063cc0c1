import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createServer } from 'node:net';

/** Whether the emulator of an account is installed. */
export const hasMoto = spawnSync('python3', ['-c', 'import moto.server'], { encoding: 'utf8' }).status === 0;
if (!hasMoto) {
  if (process.env['CI'] === 'true') throw new Error("moto is needed: pip install 'moto[server]'");
  console.warn('LEFT OUT: moto is not installed, and nothing was executed against an emulated account');
}

const freePort = async (): Promise<number> => new Promise((resolve) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const address = server.address();
    server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
  });
});

/** An emulated account of its own on this machine, and the environment that sends clients there. */
export interface Moto { readonly url: string; readonly environment: Readonly<Record<string, string>>; readonly stop: () => void }

export const startMoto = async (): Promise<Moto> => {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const server: ChildProcess = spawn('python3', ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore', env: { ...process.env, S3_IGNORE_SUBDOMAIN_BUCKETNAME: 'true' } });
  for (let attempt = 0; ; attempt++) {
    if (await fetch(`${url}/moto-api/`).then(({ ok }) => ok, () => false)) break;
    if (attempt > 200) throw new Error('moto does not answer');
    await new Promise((resolve) => { setTimeout(resolve, 200); });
  }
  return { url, environment: { AWS_ENDPOINT_URL: url, AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'testing', AWS_SECRET_ACCESS_KEY: 'testing' }, stop: () => void server.kill() };
};
