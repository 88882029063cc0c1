import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { isObject, type Json, type JsonObject } from '../../base/json.js';
import type { ApiCall, CallApi, ServiceName, ServiceReply } from '../services/action.js';

/** A client package of the AWS SDK, as far as it is used: the client by the service's name, a command by the action's. */
interface Client { readonly send: (command: object) => Promise<Readonly<Record<string, unknown>>> }
type Package = Readonly<Record<string, new (input: object) => Client>>;

const clients: Readonly<Record<ServiceName, string>> = { sqs: 'SQSClient', sns: 'SNSClient', eventbridge: 'EventBridgeClient', kinesis: 'KinesisClient', sfn: 'SFNClient', dynamodb: 'DynamoDBClient', s3: 'S3Client' };

/** The package that a service is called by is not where the project has its packages. The message says what to do. */
export class MissingClient extends Error {
  constructor(readonly packageName: string, folder: string) {
    super(`AWS_ENDPOINT_URL is set, and ${packageName} is not installed in ${folder}: run \`npm install --save-dev ${packageName}\` there, or unset AWS_ENDPOINT_URL to use the embedded services.`);
  }
}

/** Services somewhere else, called through the SDK of the project itself, which need not be installed for anything else. */
export const createRemote = (projectFolder: string, endpoint: string): CallApi => {
  const load = createRequire(resolve(projectFolder, 'package.json'));
  const known = new Map<ServiceName, { readonly sdk: Package; readonly client: Client }>();
  const open = (service: ServiceName): { readonly sdk: Package; readonly client: Client } => {
    const before = known.get(service);
    if (before) return before;
    const name = `@aws-sdk/client-${service}`;
    let sdk: Package;
    try {
      sdk = load(name) as Package;
    } catch {
      throw new MissingClient(name, projectFolder);
    }
    const make = sdk[clients[service]];
    if (!make) throw new MissingClient(name, projectFolder);
    const handler = service === 'kinesis' ? { requestHandler: plainHandler(createRequire(load.resolve(name))) } : {};
    const opened = { sdk, client: new make({ endpoint, forcePathStyle: true, disableHostPrefix: true, maxAttempts: 1, ...handler }) };
    known.set(service, opened);
    return opened;
  };
  return async (call) => {
    const { sdk, client } = open(call.service);
    const command = sdk[`${call.action}Command`];
    if (!command) return { status: 400, body: { __type: 'UnknownOperationException', message: `${call.action} is no call of ${call.service}` } };
    try {
      const { $metadata, ...output } = await client.send(new command(inputOf(call)));
      return { status: 200, body: await toJson(output) };
    } catch (error) {
      return failureOf(error);
    }
  };
};

/** This client alone begins with HTTP/2, which emulators do not speak; the other way is a package that it brings. */
const plainHandler = (load: NodeJS.Require): object => {
  const { NodeHttpHandler } = load('@smithy/node-http-handler') as { readonly NodeHttpHandler: new () => object };
  return new NodeHttpHandler();
};

/** Bytes are base64 in our calls. */
const inputOf = ({ service, input }: ApiCall): JsonObject | object => {
  const bytes = service === 'kinesis' ? 'Data' : service === 's3' ? 'Body' : '';
  return Object.hasOwn(input, bytes) ? { ...input, [bytes]: Buffer.from(String(input[bytes]), 'base64') } : input;
};

const toJson = async (value: unknown): Promise<Json> => {
  if (value instanceof Date) return value.getTime() / 1000;
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return Promise.all(value.map(toJson));
  if (typeof value !== 'object' || value === null) return value as Json;
  if ('transformToByteArray' in value && typeof value.transformToByteArray === 'function') return toJson(await (value.transformToByteArray as () => Promise<Uint8Array>)());
  return Object.fromEntries(await Promise.all(Object.entries(value).filter(([, part]) => part !== undefined).map(async ([name, part]) => [name, await toJson(part)] as const)));
};

/** What the service said; nobody who answers is like a service that is down. */
const failureOf = (error: unknown): ServiceReply => {
  const told = (typeof error === 'object' && error !== null ? error : {}) as { readonly name?: string; readonly message?: string; readonly $metadata?: { readonly httpStatusCode?: number } };
  const status = isObject(told.$metadata as Json) ? told.$metadata?.httpStatusCode : undefined;
  return { status: status ?? 503, body: { __type: told.name ?? 'Error', message: told.message ?? '' } };
};
