import type { Names } from './contract/support/api.js';
import { defineFixtures } from './contract/support/fixtures.js';

const jane = { username: 'jane', email: 'jane@example.com', password: 'correct-horse-9' };
const post = async (url: string, path: string, user: object): Promise<{ readonly user?: { readonly token: string } }> => {
  const answer = await fetch(`${url}${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ user }) });
  const text = await answer.text();
  return answer.ok ? (JSON.parse(text) as { readonly user: { readonly token: string } }) : {};
};

export const fixtures = defineFixtures<Names>({
  ids: { username: jane.username },
  requests: {
    login: { body: { user: jane } },
    // A name that nobody has taken, whoever asks, each time.
    get updateCurrentUser() {
      const jill = `jill-${crypto.randomUUID()}`;
      return { body: { user: { username: jill, email: `${jill}@example.com` } } };
    },
  },
  except: [{ operation: 'login', promise: 'takes', case: 'body#/user/email · any text · "Ünï 🎉 \\"q\\" <b> and so"', reason: 'nobody is registered by that address' },
    { operation: 'login', promise: 'takes', case: 'body#/user/password · any text · "Ünï 🎉 \\"q\\" <b> and so"', reason: 'it is not the password' }],
  // Whoever is there already stays as they are.
  before: async (url) => void (await post(url, '/users', jane)),
  credentials: {
    Token: async (who, url) => {
      const name = `${who}-${crypto.randomUUID()}`;
      const { user } = await post(url, '/users', { username: name, email: `${name}@example.com`, password: jane.password });
      return { headers: { authorization: `Token ${user?.token}` } };
    },
  },
});
