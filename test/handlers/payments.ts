/** What a developer writes for specs/versions. */
export const payments: ReadonlyMap<string, string> = new Map([
  ['handlers/create-payment.ts', `import { createPayment } from '../generated/contract/create-payment.js';
import { Refused } from '../generated/errors.js';
export const handler = createPayment(async ({ body, resources }) => {
  const { value, currency } = body.amount;
  if (resources.payments === undefined) throw new Error('nothing to write to');
  if (value === 1300) throw new Refused('Not that much.');
  return { status: 201, body: { id: \`p-\${value}-\${currency}\`, amount: { value, currency }, status: 'settled' } };
});
`],
  ['versions/create-payment20250601.ts', `import { createPayment20250601 } from '../generated/contract/create-payment20250601.js';
export const handler = createPayment20250601({
  upgrade: async (input) => ({ ...input, body: { amount: { value: input.body.amount * 100, currency: input.body.currency } } }),
  downgrade: async (answer) => {
    if (answer.status === 409) return { status: 409 };
    const { id, amount, status } = answer.body;
    return { status: 201, body: { id, amount: amount.value / 100, currency: amount.currency, paid: status === 'settled' } };
  },
});
`],
  ['versions/create-payment20240201.ts', `import { createPayment20240201 } from '../generated/contract/create-payment20240201.js';
export const handler = createPayment20240201({
  upgrade: async (input) => (input.body.euros === 999_999 ? { status: 409 } : { ...input, body: { amount: input.body.euros, currency: 'EUR' } }),
  downgrade: async (answer) => {
    if (answer.status === 409) return { status: 409 };
    const { id, amount, paid } = answer.body;
    return { status: 201, body: { id, euros: amount, paid } };
  },
});
`],
]);
