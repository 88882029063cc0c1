import type { Expression, Template } from '../../src/ir/index.js';
import { callbackVariable } from '../../src/emit/layout.js';
import type { Sender } from '../../src/ir/senders.js';
import type { CallbackContract } from '../../src/runtime/callback.js';
import type { Source, Template as TemplateContract } from '../../src/runtime/contract.js';
import { sourceContract } from '../../src/ir/contract.js';

/** A template as the runtime fills it. Headers of a response are nothing that code of ours has, and so are empty. */
export const templateContract = (template: Template): TemplateContract => {
  switch (template.kind) {
    case 'literal': return { kind: 'literal', value: template.value };
    case 'value': return { kind: 'value', source: sourceTemplate(template.expression) };
    case 'text': return { kind: 'text', parts: template.parts.map((part) => (typeof part === 'string' ? part : sourceTemplate(part))) };
    case 'list': return { kind: 'list', items: template.items.map(templateContract) };
    case 'object': return { kind: 'object', entries: template.entries.map(([name, item]) => [name, templateContract(item)]) };
  }
};

/** The same for one expression. */
export const sourceTemplate = (expression: Expression): Source => sourceContract(expression) ?? { kind: 'response', pointer: ['headers'] };

/** What the runtime is told of the callbacks. */
export const callbackContracts = (senders: readonly Sender[]): readonly CallbackContract[] => senders.map(({ name, callback: { method, address }, policy }) => ({
  name, method, url: templateContract(address), secret: callbackVariable(policy.secret),
  attempts: policy.attempts, backoffMs: policy.backoffMs, timeoutMs: policy.timeoutMs, http: policy.http, private: policy.private,
}));
