import { defineDiagnostic } from '../../src/diagnostics/define.js';
import { cacheStage, clientRate, modelKeywords, quota, indistinct, unbuilt, unchecked, unreachable } from '../kit/aws/diagnostics.js';

export const dynamicReference = defineDiagnostic<{ text: string; place: string }>({
  code: 'target/dynamic-reference', level: 'error',
  summary: 'a text that CloudFormation would replace by a secret or a parameter of the account',
  message: ({ text, place }) => `${JSON.stringify(text)} would stand at \`${place}\` of the template, where CloudFormation looks up what \`{{resolve:…}}\` names`,
  help: () => 'Write the text otherwise: CloudFormation has no escape for it.',
});

export const tooManyResources = defineDiagnostic<{ count: number; most: number; functions: number }>({
  code: 'target/too-many-resources', level: 'warning',
  summary: 'more resources than one CloudFormation stack takes',
  message: ({ count, most, functions }) => `the stack would have ${count} resources for ${functions} functions, and CloudFormation takes ${most}: it will refuse the template`,
  help: () => 'Set `x-gateway.functions.split` to `resource`, `command-query` or `api`, so that operations share functions.',
});

export const all = [modelKeywords, cacheStage, clientRate, quota, indistinct, unbuilt, unchecked, unreachable, dynamicReference, tooManyResources];
