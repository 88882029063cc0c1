import type { Json } from '../../src/base/json.js';
import type { EmitContext, OutputFile } from '../../src/emit/emitter.js';
import { layout, specifier } from '../../src/emit/layout.js';
import { acknowledgementOf, mappingFor, type Acknowledgement } from '../../src/ir/acknowledge.js';
import { argumentOf, messageOf, trackingOf } from '../../src/ir/call.js';
import type { Api, HandOverTask, Operation, Template } from '../../src/ir/index.js';
import { faults, refusalsOf, verdictOf, type Fault, type FaultName } from '../../src/ir/outcome.js';
import type { FaultContract, HandOverContract } from '../../src/runtime/hand-over.js';
import { docComment, file, generatedHeader, Imports, join, lit, ts } from '../kit/typescript/index.js';
import { sourceTemplate, templateContract } from '../validators/template.js';

/** The whole code behind an operation that checks requests and hands them over: there is nothing to fill in. */
export const handOverFile = (api: Api, operation: Operation, task: HandOverTask, context: EmitContext): OutputFile => {
  const path = layout.handOver(operation);
  const imports = new Imports();
  const contract = imports.value(specifier(path, layout.validator(operation)), 'contract');
  const handOver = imports.value(specifier(path, layout.runtime('hand-over.ts')), 'handOver');
  const { method, summary } = operation;
  return {
    path, ownership: 'generated', origin: operation.origin,
    content: file(generatedHeader(context.label(operation.origin)), imports, [join([
      docComment(summary, `${method} ${operation.path.text}`),
      ts`export const handler = ${handOver}(${contract}, ${lit(contractOf(api, operation, task) as unknown as Json)});`,
    ], '\n')]),
  };
};

/** What is kept of the function's own time, to answer in. */
const answeringMs = 500;
const names = ['delay', 'group', 'dedupe', 'subject', 'attributes', 'source', 'detailType', 'partitionKey', 'name'] as const;

const contractOf = (api: Api, operation: Operation, { service }: HandOverTask): HandOverContract => {
  const acknowledgement = acknowledgementOf(api, operation);
  const tracking = trackingOf(operation);
  const verdict = verdictOf(service);
  const told = (name: FaultName): FaultContract => faultContract(operation, name);
  return {
    call: service.call,
    resource: service.resource,
    message: templateContract(messageOf(operation)),
    input: names.flatMap((name) => {
      const given = argumentOf(operation, service, name);
      return given ? [[name, templateContract(given)] as const] : [];
    }),
    ...(tracking ? { tracking: templateContract(tracking) } : {}),
    timeoutMs: Math.max(answeringMs, operation.policy.timeoutMs - answeringMs),
    ...(acknowledgement ? answerContract(acknowledgement) : { status: 202, mediaType: 'application/json', headers: [] }),
    refusals: refusalsOf(service).map(({ words, fault }) => ({ words, fault: told(fault) })),
    ...(verdict?.success === undefined ? {} : { verdict: { field: verdict.field, success: verdict.success } }),
    failed: told('failed'),
    busy: told('busy'),
    late: told('late'),
  };
};

const headersContract = (headers: ReadonlyMap<string, Template>): HandOverContract['headers'] => [...headers].map(([name, value]) => [name, templateContract(value)]);

const answerContract = ({ status, mediaType, headers, location, retryAfterSeconds, body }: Acknowledgement): Pick<HandOverContract, 'status' | 'mediaType' | 'headers' | 'location' | 'retryAfter' | 'body'> => ({
  status,
  mediaType,
  headers: headersContract(headers),
  ...(location ? { location: { own: location.own, parts: location.parts.map((part) => (typeof part === 'string' ? part : sourceTemplate(part))) } } : {}),
  ...(retryAfterSeconds === undefined ? {} : { retryAfter: retryAfterSeconds }),
  ...(body ? { body: templateContract(body) } : {}),
});

/** A fault as the author mapped it, or in the envelope. */
const faultContract = (operation: Operation, name: FaultName): FaultContract => {
  const { status, detail, retry }: Fault = faults[name];
  const mapping = mappingFor(operation.integration.responses, status, true);
  return { name, status, detail, ...(retry ? { retryAfter: 1 } : {}), headers: headersContract(mapping?.headers ?? new Map()), ...(mapping?.body ? { body: templateContract(mapping.body) } : {}) };
};
