import { nearest } from '../../base/text.js';
import { number, object, text } from '../../language/shape.js';
import { undeclaredStatus, unknownExample } from '../diagnostics.js';
import type { Style } from '../style.js';

/** The gateway answers by itself, with an example of the document. */
export const mockStyle: Style = {
  name: 'mock',
  shape: object('The gateway answers by itself.', {
    mock: object('With what.', {
      status: number('Status of the answer; among the operation’s responses.', { integer: true, minimum: 100, maximum: 599, default: 200 }),
      example: text('Name of an example of that response; the first unless said.'),
    }),
  }),
  mean: (facts, { operation, report }) => {
    const mock = facts.map('mock');
    const status = mock?.number('status') ?? 200;
    const declared = operation.responses.find((each) => each.status === status)
      ?? operation.responses.find((each) => each.status === `${Math.floor(status / 100)}XX`) ?? operation.responses.find((each) => each.status === 'default');
    if (!declared) {
      report(undeclaredStatus({ status, what: 'the status of the mock', declared: operation.responses.map((each) => String(each.status)) }, mock?.where('status') ?? facts.origin));
      return undefined;
    }
    const name = mock?.text('example');
    const content = name === undefined ? declared.contents[0] : declared.contents.find((each) => each.examples.some((example) => example.name === name));
    const example = name === undefined ? content?.examples[0] : content?.examples.find((each) => each.name === name);
    if (name !== undefined && !example) {
      const near = nearest(name, declared.contents.flatMap((each) => each.examples.map((one) => one.name)));
      report(unknownExample({ name, status, near }, mock?.where('example') ?? facts.origin));
      return undefined;
    }
    return {
      backend: { kind: 'static', status, ...(content ? { mediaType: content.mediaType } : {}), ...(example ? { body: example.value } : {}) },
      flow: 'wait',
      features: [{ id: 'backend.static', at: facts.origin }],
    };
  },
};
