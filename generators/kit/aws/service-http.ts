import { acknowledgementOf } from '../../../src/ir/acknowledge.js';
import { argumentOf, messageOf } from '../../../src/ir/call.js';
import type { Api, Template } from '../../../src/ir/index.js';
import type { Gap } from '../velocity/template.js';
import { cloud, type CloudText } from './cloud-text.js';
import { timeoutOf } from './integration.js';
import { doubtsOf, parameterText, plain, type MappedIntegration } from './parameter-mapping.js';
import type { Route } from './routes.js';
import { directBackend, type DirectBackend, type DirectCall } from './services.js';

/** A call that an HTTP API makes by one of its integration subtypes (developer guide, integration subtype reference). */
interface Subtype {
  readonly name: string;
  readonly target: readonly [parameter: string, of: 'resource-url' | 'resource-name' | 'resource-arn'];
  readonly message: string;
  /** Parameter → argument of the call. */
  readonly arguments: Readonly<Record<string, string>>;
}

const subtypes: { readonly [Call in DirectCall]?: Subtype } = {
  'send-message': { name: 'SQS-SendMessage', target: ['QueueUrl', 'resource-url'], message: 'MessageBody', arguments: { DelaySeconds: 'delay', MessageDeduplicationId: 'dedupe', MessageGroupId: 'group' } },
  'put-record': { name: 'Kinesis-PutRecord', target: ['StreamName', 'resource-name'], message: 'Data', arguments: { PartitionKey: 'partitionKey' } },
  'start-run': { name: 'StepFunctions-StartExecution', target: ['StateMachineArn', 'resource-arn'], message: 'Input', arguments: { Name: 'name' } },
};

/** The route of an operation that an HTTP API hands to a service itself; nothing for others. */
export const subtypeRoute = (api: Api, route: Route): MappedIntegration | undefined => {
  const { operation } = route;
  const backend = directBackend(operation);
  const subtype = backend && subtypes[backend.call];
  if (!backend || !subtype) return undefined;
  const lacking = shortcoming(api, route, backend);
  if (lacking !== undefined) return { lacking };
  const mapped: Record<string, string | CloudText> = { [subtype.target[0]]: cloud`${{ cloud: subtype.target[1], name: backend.resource }}` };
  const message = messageText(messageOf(operation));
  if (message === undefined) return { lacking: 'parameter mappings cannot build a message of parts' };
  mapped[subtype.message] = message;
  const doubts: Gap[] = [];
  for (const [parameter, argument] of Object.entries(subtype.arguments)) {
    const template = argumentOf(operation, backend, argument);
    const text = template && parameterText(api, route, template);
    if (template && text === undefined) return { lacking: `parameter mappings cannot hold what \`${argument}\` is made of` };
    if (text !== undefined) mapped[parameter] = text;
    if (template) doubts.push(...doubtsOf(api, template));
  }
  const { flow } = operation.integration;
  return {
    doubts,
    integration: {
      type: 'aws_proxy',
      integrationSubtype: subtype.name,
      payloadFormatVersion: '1.0',
      credentials: cloud`${{ cloud: 'role-arn', name: operation.id }}`,
      requestParameters: mapped,
      timeoutInMillis: timeoutOf(operation, 30_000),
      ...(flow.kind === 'accept' && flow.acknowledge !== 200 ? { responseParameters: { 200: { 'overwrite:statuscode': String(flow.acknowledge) } } } : {}),
    },
  };
};

/** What an HTTP API cannot do around a call, whatever its arguments are. */
const shortcoming = (api: Api, { operation }: Route, backend: DirectBackend): string | undefined => {
  const accepted = acknowledgementOf(api, operation);
  const name = argumentOf(operation, backend, 'name');
  if (operation.body?.contents.some(({ schema }) => schema !== undefined)) return 'nobody would check the body, which no function sees';
  if (accepted && (accepted.body || accepted.location || accepted.headers.size > 0)) return 'the caller gets the service’s own answer, and no other can be made of it';
  if (operation.integration.responses.length > 0) return 'answers of a service are passed on as they are';
  if (backend.call === 'send-message' && api.resources.get(backend.resource)?.existing !== undefined) return 'the URL of a queue that is not created with the API is not known';
  if (name && !(name.kind === 'value' && name.expression.text === '$context.requestId')) return 'a name of a run must be made of what a name may have, and only the request’s id surely is';
  return undefined;
};

/** A message is JSON: the body as it came, or a constant. */
const messageText = (template: Template): string | undefined => {
  if (template.kind === 'literal') return plain(JSON.stringify(template.value));
  return template.kind === 'value' && template.expression.source.kind === 'body' && template.expression.source.pointer.length === 0 ? '$request.body' : undefined;
};
