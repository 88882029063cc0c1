/** Nobody fills anything in here: the gateway sends by itself. */
export const handlers = [];
export const generated = [];

const integration = (api, id) => api.operations.get(id).integration;
const literal = (value) => ({ kind: 'literal', value });
const entries = (api, change) => { integration(api, 'sendFeedback').request = { kind: 'object', entries: change(integration(api, 'sendFeedback').request.entries) }; };

/** Single faults of the gateway: [what is wrong, the operations it shows at, the change of the model]. */
export const gateway = [
  ['a repeated request is other work', ['addEntry'], (api) => { integration(api, 'addEntry').backend.input.get('dedupe').expression.source = { kind: 'context', name: 'requestId' }; }],
  ['all requests are the same work', ['addEntry'], (api) => { integration(api, 'addEntry').backend.input.set('dedupe', literal('the same')); }],
  ['nothing is in order, and nothing known again', ['addEntry'], (api) => { api.resources.set('ledger', { ...api.resources.get('ledger'), fifo: false }); }],
  ['nothing keeps what fails', ['sendFeedback'], (api) => { const { deadLetterAfter: _, ...inbox } = api.resources.get('inbox'); api.resources.set('inbox', inbox); }],
  ['it is given up a failure early', ['sendFeedback'], (api) => { api.resources.set('inbox', { ...api.resources.get('inbox'), deadLetterAfter: 2 }); }],
  ['it is given up a failure late', ['sendFeedback'], (api) => { api.resources.set('inbox', { ...api.resources.get('inbox'), deadLetterAfter: 4 }); }],
  ['the text is lost', ['sendFeedback'], (api) => entries(api, (all) => all.filter(([name]) => name !== 'text'))],
  ['text and stars are swapped', ['sendFeedback'], (api) => entries(api, (all) => all.map(([name, value]) => [{ text: 'stars', stars: 'text' }[name] ?? name, value]))],
  ['the body is sent as it came', ['sendFeedback'], (api) => { delete integration(api, 'sendFeedback').request; }],
  ['it goes to the other queue', ['sendFeedback'], (api) => { integration(api, 'sendFeedback').backend.resource = 'ledger'; }],
  ['the acknowledgement has another status', ['addEntry'], (api) => { integration(api, 'addEntry').flow.acknowledge = 200; }],
];
