import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Api } from '../ir/index.js';
import { openKeyring, type Keyring } from './auth/keyring.js';
import { openBacking } from './backing.js';
import { testClock } from './clock.js';
import { createControl, ControlFault, durationOf } from './control/control.js';
import { Records, type Recorded } from './control/record.js';
import { headerOf, type WireAnswer, type WireRequest } from './exchange.js';
import { createFunctions } from './functions.js';
import { createGateway, type Gateway } from './gateway.js';
import type { GatewayOptions } from './passage.js';
import { delayHeader } from './steps/integrate.js';
import { loopback, startServer, type ServerOptions } from './server.js';

export interface LocalOptions extends Partial<GatewayOptions>, Partial<Pick<ServerOptions, 'port' | 'host' | 'patience' | 'tls'>> {
  readonly api: Api;
  /** The output folder of a build, with handlers; local keys are kept in `.gatewright` below it. */
  readonly outputFolder: string;
  /** Whose variables hold; the first of the document unless said. */
  readonly stage?: string;
  /** Told of each request that was served. */
  readonly log?: (request: Recorded) => void;
}

export interface LocalGateway {
  readonly url: string;
  readonly stage: string;
  /** What requests for operations with `iam` are signed with here. */
  readonly credentials: Keyring['credentials'];
  /** Puts another API in place of the one served, without closing the port; what was remembered is forgotten. */
  readonly replace: (api: Api) => void;
  /** Shows on the page why a document could not be taken, in the compiler's words. The API as it was goes on being served. */
  readonly tell: (problems: string) => void;
  readonly close: () => Promise<void>;
}

/** Where the secrets of a project lie. */
export const secretsFolder = (outputFolder: string): string => join(outputFolder, '.gatewright');

/** The header by which a test lets time pass before its request is served. */
const advanceHeader = 'x-gatewright-advance';

/** Serves an API on this machine, with all that its edge does. The handlers run as they were built into the output folder. */
export const startLocal = async (options: LocalOptions): Promise<LocalGateway> => {
  const { outputFolder, log = () => undefined, test = false } = options;
  const stage = options.stage ?? [...options.api.stages.keys()][0] ?? 'local';
  const clock = testClock();
  const keyring = openKeyring(secretsFolder(outputFolder));
  // Below the output folder, so that what bundles leave out is found where the developer installed it.
  const workFolder = mkdtempSync(join(secretsFolder(outputFolder), 'run-'));
  const records = new Records();
  const functions = createFunctions(outputFolder, workFolder);
  const { invoke } = functions;
  const gatewayOptions: GatewayOptions = { test, mock: options.mock ?? false, issuerKeys: options.issuerKeys ?? 'local' };
  const backing = await openBacking({ clock, invoke, keyring, outputFolder, automatic: !test });
  let api = options.api;
  let services = backing.open(api);
  const served = (recorded: Recorded): void => {
    records.add(recorded);
    log(recorded);
  };
  const build = (): Gateway => createGateway(api, { stage, invoke, clock, keyring, services, served, options: gatewayOptions });
  let gateway = build();
  let problems = '';
  const serve = (request: WireRequest): Promise<WireAnswer> => {
    const fault = test ? prepare(request) : undefined;
    return fault ? Promise.resolve(fault) : gateway.serve(request);
  };
  /** Lets the time pass that a request asks for; an answer where it cannot be read. */
  const prepare = ({ headers }: WireRequest): WireAnswer | undefined => {
    const [by, delay] = [headerOf(headers, advanceHeader), headerOf(headers, delayHeader)];
    try {
      if (delay !== undefined) durationOf(delay);
      if (by !== undefined) clock.advance(durationOf(by));
      return undefined;
    } catch (error) {
      if (error instanceof ControlFault) return { status: 400, headers: [['Content-Type', 'application/json']], body: JSON.stringify({ message: error.message }) };
      throw error;
    }
  };
  const server = await startServer({
    port: options.port ?? 0, host: options.host ?? loopback, ...(options.tls ? { tls: options.tls } : {}), patience: options.patience ?? { headersMs: 30_000, requestMs: 60_000 },
    control: createControl({ api: () => api, test, clock, keyring, records, stage, shown: options.tls?.truststore !== undefined, memory: () => gateway.state(), problems: () => problems, services: () => services, reset: () => {
      gateway.reset();
      services.reset();
    } }),
    serve,
  }).catch(async (error: unknown) => {
    await backing.close();
    rmSync(workFolder, { recursive: true, force: true });
    throw error;
  });
  return {
    url: server.url,
    stage,
    credentials: keyring.credentials,
    replace: (next) => {
      problems = '';
      api = next;
      services = backing.open(next);
      gateway = build();
      functions.restart();
    },
    tell: (text) => { problems = text; },
    close: async () => {
      await server.close();
      await functions.close();
      await backing.close();
      rmSync(workFolder, { recursive: true, force: true });
    },
  };
};
