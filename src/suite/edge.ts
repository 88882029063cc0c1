import { describe } from 'vitest';
import { brokenError } from './answer.js';
import type { Fixtures } from './fixtures.js';
import type { ApiPlan } from './plan.js';
import { Promises } from './promise.js';
import { Session } from './session.js';

const methods = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH'];

/** What holds wherever nothing is declared, paths and methods that nobody has; and what nothing is tried out of. */
export const edge = (api: ApiPlan, fixtures: Fixtures): void => {
  describe(api.title, () => {
    const session = new Session(api, fixtures, 'the edge');
    new Promises(session, 'the edge').section('edge', (test) => {
      for (const target of ['/nothing-is-here-8f2c', '/nothing-is-here-8f2c/1/2?a=b']) {
        if (api.routes.some(([path]) => path.includes('+}') || /^\/\{[^/]*\}$/.test(path))) continue;
        test(`GET ${target} is nobody's`, api.at, async ({ hold }) => {
          const reply = await session.send({ method: 'GET', target, headers: [] });
          hold(reply, brokenError(api, reply, [403, 404], api.at, api.ownErrors));
        });
      }
      for (const [path, own] of api.routes) {
        if (path.includes('{')) continue;
        const method = methods.find((each) => !own.includes(each) && !api.routes.some(([other, theirs]) => theirs.includes(each) && covers(other, path)));
        if (method === undefined) continue;
        test(`${method} ${path} is nobody's`, api.at, async ({ hold }) => {
          const reply = await session.send({ method, target: path, headers: [] });
          hold(reply, brokenError(api, reply, [403, 404, 405], api.at, api.ownErrors));
        });
      }
    });
    for (const { operation, promise, name, why, at } of api.untried ?? []) {
      new Promises(session, operation).section(promise, (test) => test(name, at, ({ skip }) => skip(why)));
    }
  });
};

/** Whether a route with variables takes a path, too. */
const covers = (route: string, path: string): boolean => {
  const [theirs, ours] = [route.split('/'), path.split('/')];
  return theirs.every((segment, index) => segment.endsWith('+}') || (segment.includes('{') ? ours[index] !== undefined : segment === ours[index])) && (theirs.length === ours.length || theirs.at(-1)?.endsWith('+}') === true);
};
