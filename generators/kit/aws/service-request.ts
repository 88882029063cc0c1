import { argumentOf, messageOf, trackingOf } from '../../../src/ir/call.js';
import type { Api, Operation, Template } from '../../../src/ir/index.js';
import { runNames, trackingAttribute } from '../../../src/runtime/service-call.js';
import { VelocityPrinter, characters, inWords, type Gap } from '../velocity/template.js';
import { comment, jsonLiteral, silent } from '../velocity/literal.js';
import type { ReachScope } from '../velocity/source.js';
import { accessOf } from './access.js';
import { cloud, type CloudText } from './cloud-text.js';
import type { Route } from './routes.js';
import { messages, type MessageBackend, type WireCall } from './services.js';

/** A template's text, with what of the mapping it could not hold. */
export interface Script { readonly text: CloudText; readonly gaps: readonly Gap[] }

/** What templates of a route can reach. */
export const scopeOf = (api: Api, { operation, variables }: Route, input: ReachScope['input']): ReachScope => {
  const { authorizer } = accessOf(api, operation);
  return { api, variables, input, identity: authorizer.kind === 'scheme' && authorizer.scheme.check?.kind === 'user-pool' ? 'user-pool' : 'authorizer' };
};

/** Text as a form has it. */
export const encoded = (text: string): string => encodeURIComponent(text).replaceAll("'", '%27');

/** The request that a service is sent. Nothing may stand before a form, so every line before it swallows its own end. */
export const requestScript = (api: Api, route: Route, backend: MessageBackend): Script => {
  const printer = new VelocityPrinter(scopeOf(api, route, 'request'));
  const defined: string[] = [];
  const define = (name: string, what: string, text: string): string => {
    defined.push(comment(what), `#define($${name})${text}#end`);
    return `"$${name}"`;
  };
  const value = (name: string, template: Template): string =>
    (template.kind === 'literal' ? encoded(typeof template.value === 'string' ? template.value : JSON.stringify(template.value)) : `$util.urlEncode(${define(name, `${name}: ${inWords(template)}`, printer.text(template))})`);
  const argument = (name: string): Template | undefined => argumentOf(route.operation, backend, name);
  const tracked = trackingOf(route.operation);
  const given = messageOf(route.operation);
  const message = define('message', `the message: ${inWords(given)}`, printer.json(given));
  const call: WireCall = {
    arn: cloud`${{ cloud: 'resource-arn', name: backend.resource }}`,
    name: cloud`${{ cloud: 'resource-name', name: backend.resource }}`,
    message: {
      form: `$util.urlEncode(${message})`,
      json: `"$util.escapeJavaScript(${message}).replaceAll("\\\\'", "'")"`,
      base64: `$util.base64Encode(${message})`,
    },
    field: (name, wanted) => {
      const template = argument(wanted);
      return template ? `&${name}=${value(wanted, template)}` : '';
    },
    attributes: (prefix) => {
      const template = argument('attributes');
      const given = [...(template?.kind === 'object' ? template.entries : []), ...(tracked ? [[trackingAttribute, tracked] as const] : [])];
      if (given.length === 0) return '';
      // An attribute without a value is refused; a number is only taken by those that have one.
      const entries = given.map(([name, item], index) => {
        const text = define(`attribute${index + 1}`, `the attribute ${name}: ${inWords(item)}`, printer.text(item));
        const entry = `&${prefix}.\${number}`;
        return `#if(${text} != "")#set($number = $number + 1)${entry}.Name=${encoded(name)}${entry}.Value.DataType=String${entry}.Value.StringValue=$util.urlEncode(${text})#end`;
      });
      return `#set($number = 0)${entries.join('')}`;
    },
    tracking: (name) => (tracked ? `"${name}": [${printer.json(textual(tracked))}], ` : ''),
    text: (wanted) => {
      const template = argument(wanted);
      if (!template || template.kind === 'literal') return jsonLiteral(typeof template?.value === 'string' ? template.value : JSON.stringify(template?.value ?? ''));
      return printer.json(textual(template));
    },
    get runName() {
      const template = argument('name');
      if (!template) return '';
      defined.push(`#set($name = ${define('named', `the name of the run: ${inWords(template)}`, printer.text(template))})`, `#set($name = $name.replaceAll("${runNames.other}", "-"))`, `#if($name.length() > ${runNames.longest})#set($name = $name.substring(0, ${runNames.longest}))#end`);
      return '#if($name != "")"name": "$name", #end';
    },
  };
  const body = messages[backend.call].body(call);
  return scriptOf(printer, defined, body);
};

/** A template's text, after the lines that set what it refers to; none of them prints anything. */
export const scriptOf = (printer: VelocityPrinter, defined: readonly string[], body: CloudText, text = ''): Script => {
  const lines = [...printer.preamble, ...defined];
  const needed = [...lines, text].some((line) => line.includes('$!{')) ? [...characters, ...lines] : lines;
  return { text: cloud`${needed.map(silent).join('')}${body}`, gaps: printer.gaps };
};

const textual = (template: Template): Template => (template.kind === 'value' ? { kind: 'text', parts: [template.expression] } : template);

/** JSON that the operation takes; a request without a body, or without a type, counts as `application/json`. */
export const jsonTypes = ({ body, policy }: Operation): string[] => {
  const declared = (body?.contents ?? []).filter(({ kind, mediaType }) => kind === 'json' && !mediaType.includes('*') && (policy.limits.types?.includes(mediaType) ?? true)).map(({ mediaType }) => mediaType);
  return declared.length > 0 && body?.required ? [...new Set(declared)] : [...new Set([...declared, 'application/json'])];
};
