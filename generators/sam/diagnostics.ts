import { defineDiagnostic } from '../../src/diagnostics/define.js';
import { modelKeywords } from '../kit/aws/diagnostics.js';

export const dynamicReference = defineDiagnostic<{ text: string; place: string }>({
  code: 'target/dynamic-reference', level: 'error',
  summary: 'a text that CloudFormation would replace by a secret or a parameter of the account',
  message: ({ text, place }) => `${JSON.stringify(text)} would stand at \`${place}\` of the template, where CloudFormation looks up what \`{{resolve:…}}\` names`,
  help: () => 'Write the text otherwise: CloudFormation has no escape for it.',
});

export const all = [modelKeywords, dynamicReference];
