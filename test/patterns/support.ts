import { beforeAll, describe } from 'vitest';
import { samEdge, terraformEdge, type Edge } from '../support/edge.js';
import { inside, targetsOf, type Fields, type Targets } from '../support/targets.js';

interface Both { readonly targets: Targets; readonly edges: Readonly<Record<'sam' | 'terraform', Edge>> }

/** A public pattern, as `specs/patterns/` has it, for both targets. */
const pattern = async (row: string): Promise<Both> => {
  const targets = await targetsOf(`patterns/${row}`);
  return { targets, edges: { sam: samEdge(targets), terraform: terraformEdge(targets) } };
};

/** The facts of one acceptance row, which must hold in what both targets print. */
export const row = (number: string, name: string, spec: string, facts: (edge: () => Edge, built: () => Both) => void): void => {
  describe(`row ${number}: ${name}`, () => {
    let built: Both;
    beforeAll(async () => {
      built = await pattern(spec);
    });
    describe.each(['sam', 'terraform'] as const)('%s', (target) => facts(() => built.edges[target], () => built));
  });
};

export const operationOf = ({ definition }: Edge, method: string, path: string): Fields => (inside(definition, 'paths', path, method) ?? {}) as Fields;
export const integrationOf = (edge: Edge, method: string, path: string): Fields => (operationOf(edge, method, path)['x-amazon-apigateway-integration'] ?? {}) as Fields;
export const requestTemplate = (integration: Fields): string => String(inside(integration, 'requestTemplates', 'application/json'));
export const responseTemplate = (integration: Fields, key: string): string => String(inside(integration, 'responses', key, 'responseTemplates', 'application/json'));
