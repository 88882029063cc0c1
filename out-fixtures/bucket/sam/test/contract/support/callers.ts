import { brokenError } from './answer.js';
import { taken, type Subject } from './subject.js';
import type { Json, Showing } from './plan.js';
import { carried } from './identities.js';
import type { Settings } from './session.js';

/** Tokens that nobody may take, by what is wrong with them. */
const broken: readonly (readonly [name: string, asked: { readonly [name: string]: Json }])[] = [
  ['its signature is wrong', { broken: 'signature' }],
  ['it has no signature (alg: none)', { broken: 'none' }],
  ['it is signed by an algorithm that is not allowed', { broken: 'algorithm' }],
  ['it is signed with the public key as if that were a secret', { broken: 'confusion' }],
  ['it is signed by a key that nobody knows', { broken: 'key' }],
  ['it ran out an hour ago', { expiresIn: -3600 }],
  ['it holds only from tomorrow on', { notBefore: 86_400, expiresIn: 172_800 }],
  ['it is for somebody else', { audience: 'somebody-else' }],
  ['it was issued by somebody else', { issuer: 'https://somebody-else.example.com/' }],
];

/** Who may call, and who may not. */
export const callers = (subject: Subject): void => {
  const { api, plan, session, promises } = subject;
  const alternatives = plan.callers ?? [];
  const [first] = alternatives;
  if (!first || alternatives.some((each) => each.length === 0)) return;
  promises.section('callers', (test) => {
    const at = first[0]?.at ?? plan.at;
    const statuses = [401, 403];
    const refused = (name: string, where: string, show: () => Promise<{ readonly headers?: { readonly [name: string]: string } }>, wanted = statuses): void => test(name, where, async ({ hold }) => {
      const reply = await session.ask(plan, { showing: await show(), who: 'caller' });
      hold(reply, brokenError(api, reply, wanted, where, api.ownErrors));
    });
    const { local, certified } = session.settings;
    const shaken = !local && alternatives.every((each) => each.some(({ check }) => check === 'certificate'));
    if (shaken) unshaken(subject, at, test);
    // Without a certificate to show, that is one who shows nothing.
    if (lacking(alternatives, session.settings) && (certified || !shaken)) refused('a caller who shows nothing is refused', at, () => Promise.resolve({}));
    for (const showing of alternatives.flat()) {
      if (showing.check === 'nobody' || showing.check === 'signature' || showing.check === 'certificate') continue;
      refused(`a caller who shows rubbish for \`${showing.scheme}\` is refused`, showing.at, () => Promise.resolve(carried(showing, 'not-a-credential')));
      if (showing.check === 'token') tokens(subject, showing, refused);
    }
    const [only] = first;
    if (alternatives.length === 1 && only?.believed !== undefined) believed(subject, only, only.believed, test);
    if (alternatives.length === 1 && first.length === 1 && only?.check === 'token') {
      test('a caller with what is asked for is let in', at, async ({ hold }) => {
        const reply = await session.ask(plan);
        hold(reply, taken(subject, reply, at));
      });
    }
  });
};

/** Whether a request without credentials lacks what every alternative asks for; a certificate was shown before it, where one is shown at all. */
export const lacking = (alternatives: readonly (readonly Showing[])[], { certified }: Settings): boolean =>
  alternatives.length > 0 && alternatives.every((each) => each.some(({ check }) => !certified || check !== 'certificate'));

/** Who shows no certificate need not even get an answer. */
const unshaken = ({ api, plan, session }: Subject, at: string, test: Test): void => test('a caller who shows no certificate is refused', at, async ({ hold }) => {
  const wire = await session.request(plan, { showing: {} });
  const reply = await session.send({ ...wire, anonymous: true }).catch((error: unknown) => {
    if (error instanceof TypeError) return undefined;
    throw error;
  });
  if (reply) hold(reply, brokenError(api, reply, [403], at, api.ownErrors));
});

/** How an operation's last request was let in, as the local gateway tells it. */
const admissionOf = async ({ plan, session }: Subject): Promise<string> => {
  const requests = (await session.control('GET', 'requests')) as unknown as readonly { readonly operation?: string; readonly steps: readonly { readonly step: string; readonly outcome: string }[] }[];
  return requests.find(({ operation }) => operation === plan.operation)?.steps.find(({ step }) => step === 'authorize')?.outcome ?? 'nobody was asked';
};

const remembered = 'allowed, as before';

/** For how long it is believed what code said of a caller. */
const believed = (subject: Subject, { scheme, at }: Showing, seconds: number, test: Test): void => {
  const { plan, session } = subject;
  test(seconds === 0 ? `\`${scheme}\` is asked about each request` : `what \`${scheme}\` said of a caller is believed for ${seconds} seconds`, at, async ({ hold }) => {
    session.only('nobody tells there how a caller was let in');
    await session.control('POST', 'clock', { hold: true });
    const wire = await session.request(plan);
    const ask = async (wanted: boolean, why: string): Promise<void> => {
      const reply = await session.send(wire);
      const found = await admissionOf(subject);
      hold(reply, (found === remembered) === wanted ? [] : [{ message: `${why}, and the caller was ${wanted ? 'not ' : ''}let in as before (${found})`, at }]);
    };
    await session.send(wire);
    await ask(seconds > 0, 'the same was asked just before');
    if (seconds === 0) return;
    await session.advance(seconds - 1);
    await ask(true, `${seconds - 1} of ${seconds} seconds have passed`);
    await session.advance(2);
    await ask(false, `${seconds} seconds have passed`);
  });
};

type Test = Parameters<Parameters<Subject['promises']['section']>[1]>[0];
type Refused = (name: string, where: string, show: () => Promise<{ readonly headers?: { readonly [name: string]: string } }>, wanted?: number[]) => void;

const tokens = ({ session }: Subject, showing: Showing, refused: Refused): void => {
  for (const [name, asked] of broken) refused(`a token of \`${showing.scheme}\` is refused when ${name}`, showing.at, async () => carried(showing, await session.identities.token(showing, asked)), [401, 403]);
  for (const scope of showing.scopes) {
    const others = showing.scopes.filter((each) => each !== scope);
    refused(`a token of \`${showing.scheme}\` is refused when it lacks the scope ${scope}`, showing.at, async () => carried(showing, await session.identities.token(showing, { scopes: [...others, 'something:else'] })), [403]);
  }
};
