import { pointerTokens } from '../base/origin.js';
import { kebab, nearest } from '../base/text.js';
import { bindGateway, type BoundApi } from '../bind/bind.js';
import type { Report } from '../diagnostics/collect.js';
import { Cursor } from '../document/cursor.js';
import { unresolvedReference } from '../document/diagnostics.js';
import type { Document } from '../document/document.js';
import type { Scope } from '../expressions/scope.js';
import type { Api, FeatureUse, Operation, Resource } from '../ir/index.js';
import { Facts } from '../language/bound.js';
import { lowerAuthorizers, lowerChecks } from './checks.js';
import { addressed } from './callback.js';
import { lowerCors } from './cors.js';
import { lowerEnvelope } from './envelope.js';
import { featuresOf } from './features.js';
import { functionNameOf, lowerFunctions, settingsOf, splitOf, type Served } from './functions.js';
import { lowerIntegration } from './integration.js';
import { lowerOperations, type LoweredDocument } from './operation.js';
import { headersOf, lowerPolicy } from './policy.js';
import { chooseProtocol } from './protocol.js';
import { publish, type Published } from './public-document.js';
import { brokenResources, lowerResources } from './resources.js';
import { lowerStages, variableNames } from './stages.js';
import { lowerUploads } from './uploads.js';
import { shareGrants } from './versions.js';
import { lowerWorkers, retried } from './workers.js';

/** The whole meaning of a document, and the outcome of its cascade for whoever explains it. */
export interface Lowered extends Pick<Published, 'moved'> { readonly api: Api; readonly bound: BoundApi }

/**
 * A document to the IR. What is wrong is reported, and something harmless stands in for it, so that one fault does not
 * hide another; whoever generates must first look whether there were errors. Nothing comes back where there is no operation.
 */
export const lowerApi = (document: Document, report: Report): Lowered | undefined => {
  const root = Cursor.root(document, report);
  const envelope = envelopeSchema(root, report);
  const lowered = lowerOperations(document, report, envelope ? [envelope] : []);
  const [first] = lowered.operations;
  if (!first) return undefined;
  const bound = bindGateway(
    root,
    lowered.operations.map(({ shape, pathItem, operation }) => ({ id: shape.id, pathItem, operation })),
    [...lowered.schemes.values()].map(({ name, cursor }) => ({ name, cursor })),
    report,
  );
  const gateway = new Facts(bound.gateway);
  const name = gateway.text('name') ?? (kebab(lowered.info.title).slice(0, 40).replace(/-$/, '') || 'api');
  const stages = lowerStages(gateway);
  const written = lowerResources(gateway, root);
  const scopeOf = (operation: Scope['operation']): Scope => ({
    operation, schemas: lowered.schemas, variables: variableNames(stages), response: false, foreignResponse: false, report,
  });
  const { served: alone, features: asked } = lowerServed(lowered, bound, written, name, scopeOf);
  const served = shareGrants(alone);
  const operations = new Map(served.map(({ operation }) => [operation.id, operation]));
  const resources = retried(written, operations.values());
  const accepted = lowerWorkers(served, resources);
  const uploaded = lowerUploads(gateway, { resources, broken: brokenResources(gateway, written), report }, accepted);
  const workers = new Map([...accepted, ...uploaded]);
  const used = new Set(served.flatMap(({ operation }) => operation.security.flatMap(({ all }) => all.map(({ scheme }) => scheme))));
  const schemes = lowerChecks(lowered.schemes, bound, used, report);
  const functions = lowerFunctions(served, report);
  const named = envelope && lowered.schemas.get(pointerTokens(envelope.origin.pointer).at(-1) ?? '');
  const shapes = lowered.operations.map(({ shape }) => shape);
  const errorsAt = gateway.map('errors')?.where('schema') ?? root.origin;
  const errors = lowerEnvelope(named, errorsAt, shapes, lowered.schemas, report);
  const cors = lowerCors(gateway.map('cors'), shapes);
  const observability = {
    accessLog: gateway.map('observability')?.choice('accessLog', ['json', 'none']) ?? 'json',
    tracing: gateway.map('observability')?.boolean('tracing') ?? true,
    metrics: gateway.map('observability')?.boolean('metrics') ?? true,
  } as const;
  const facts = { origin: root.origin, operations, schemes, functions, resources, stages, errors, observability, ...(cors ? { cors } : {}) };
  const features = featuresOf(facts, asked, errorsAt);
  const published = publish(document);
  return {
    bound,
    moved: published.moved,
    api: {
      ...facts,
      name,
      title: lowered.info.title,
      version: lowered.info.version,
      ...(lowered.info.description === undefined ? {} : { description: lowered.info.description }),
      protocol: chooseProtocol(gateway.choice('protocol', ['auto', 'rest', 'http']) ?? 'auto', features, operations),
      schemas: lowered.schemas,
      workers,
      authorizers: lowerAuthorizers(schemes, settingsOf(gateway.map('functions'), 10_000)),
      headers: headersOf(gateway.map('headers'), scopeOf(first.shape)),
      publicDocument: published.document,
      features,
    },
  };
};

/** Each operation with its policy and integration, and what it asks of the gateway for that. */
const lowerServed = (
  lowered: LoweredDocument,
  bound: BoundApi,
  resources: ReadonlyMap<string, Resource>,
  source: string,
  scopeOf: (operation: Scope['operation']) => Scope,
): { readonly served: readonly Served[]; readonly features: readonly FeatureUse[] } => {
  const gateway = new Facts(bound.gateway);
  const split = splitOf(gateway);
  const broken = brokenResources(gateway, resources);
  const ids = new Set(lowered.operations.map(({ shape }) => shape.id));
  const features: FeatureUse[] = [];
  const served = lowered.operations.flatMap(({ shape }): Served[] => {
    const policy = bound.operations.get(shape.id);
    if (!policy) return [];
    const facts = new Facts(policy);
    const scope = { ...scopeOf(shape), resources, broken };
    const name = functionNameOf(shape, facts, split);
    const { integration, features: its, uses } = lowerIntegration(facts, { ...scope, function: name.name, source, operations: ids });
    features.push(...its);
    const stated = lowerPolicy(facts, scope);
    const callbacks = stated.callbacks ? shape.callbacks.map((each) => addressed(each, scope)) : shape.callbacks;
    const operation: Operation = { ...shape, callbacks, integration, policy: { ...stated, uses: [...stated.uses, ...uses] } };
    return [{ operation, name, facts }];
  });
  return { served, features };
};

/** The place of the schema that `errors.schema` names. */
const envelopeSchema = (root: Cursor, report: Report): Cursor | undefined => {
  const silent = root.with(() => undefined);
  const written = silent.at('x-gateway')?.at('errors')?.get('schema');
  if (typeof written?.value !== 'string' || !written.value.startsWith('#/components/schemas/')) return undefined;
  const name = pointerTokens(written.value.slice(1)).at(-1) ?? '';
  const schemas = root.at('components')?.get('schemas');
  const found = schemas?.get(name);
  if (!found) {
    const near = nearest(name, (schemas?.entries('`schemas`') ?? []).map(([key]) => key));
    report(unresolvedReference({ reference: written.value, why: `there is no such schema${near === undefined ? '' : `; did you mean \`${near}\`?`}` }, written.origin));
  }
  return found;
};
