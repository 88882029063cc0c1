import { isObject } from '../../base/json.js';
import { at } from '../../base/origin.js';
import { defineDiagnostic } from '../../diagnostics/define.js';
import type { Rule } from '../rule.js';

const authCleartext = defineDiagnostic<{ what: string; url: string }>({
  code: 'auth/cleartext',
  level: 'error',
  summary: 'keys or verdicts fetched over an unprotected connection',
  message: ({ what, url }) => `${what} is fetched from \`${url}\`, which anyone on the way can change`,
  help: () => 'Use an `https` URL.',
});

const server = defineDiagnostic<{ url: string }>({
  code: 'design/cleartext-server',
  level: 'warning',
  summary: 'a server that is called without encryption',
  message: ({ url }) => `callers are sent to \`${url}\`, which is not encrypted`,
  help: () => 'Use an `https` URL; the gateway answers no other.',
});

const backend = defineDiagnostic<{ name: string; url: string }>({
  code: 'design/cleartext-backend',
  level: 'warning',
  summary: 'a backend that is called without encryption',
  message: ({ name, url }) => `\`${name}\` is called at \`${url}\`, which is not encrypted`,
  help: () => 'Use an `https` URL.',
});

const local = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])([:/]|$)/;

export const cleartext: Rule = {
  diagnostics: [authCleartext, server, backend],
  check: ({ schemes, resources, publicDocument, origin }, report) => {
    for (const { origin: where, check } of schemes.values()) {
      if (check?.kind === 'jwt') {
        for (const [what, url] of [['the issuer’s key set', check.keys], ['what the issuer says of itself', check.issuer]] as const) {
          if (url?.startsWith('http://') === true) report(authCleartext({ what, url }, where));
        }
      }
      if (check?.kind === 'introspection' && check.url.startsWith('http://')) report(authCleartext({ what: 'the verdict on a token', url: check.url }, where));
    }
    for (const resource of resources.values()) {
      // What goes by a private link does not leave the network.
      if (resource.kind === 'http' && resource.vpcLink === undefined && resource.url.startsWith('http://')) report(backend({ name: resource.name, url: resource.url }, resource.origin));
    }
    const { servers } = publicDocument;
    for (const [index, each] of (Array.isArray(servers) ? servers : []).entries()) {
      const url = isObject(each) ? each['url'] : undefined;
      if (typeof url === 'string' && url.startsWith('http://') && !local.test(url)) report(server({ url }, at(origin, 'servers', index, 'url')));
    }
  },
};
