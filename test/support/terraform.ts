import { existsSync, readdirSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** A folder of providers, as `terraform providers mirror` makes it: in a place of the user's, or of the machine's. */
const findMirror = (): string | undefined => {
  const below = (folder: string): string[] => (existsSync(folder) ? readdirSync(folder).map((name) => join(folder, name)) : []);
  const places = [process.env['TF_PLUGIN_DIR'] ?? '', join(homedir(), '.terraform.d/plugins'), '/usr/local/share/terraform/plugins', ...below('/opt')];
  return places.find((place) => place !== '' && existsSync(join(place, 'registry.terraform.io/hashicorp/aws')));
};
export const mirror = findMirror();

/** The ARN of what somebody else has; nothing looks whether it is there. */
const somebodys = 'arn:aws:secretsmanager:us-east-1:123456789012:secret:given';

/** What a stage with a domain or a web ACL must be told beside its file of values, and what stands for it. */
export interface Given { readonly certificate_arn: string; readonly web_acl_arn: string }

/** A configuration as one module of a greater one, so that the provider's schemas are read once for all of them: with the values of a stage, and what it has no value for. */
export const asModule = (name: string, files: ReadonlyMap<string, string>, { stage: wanted, given }: { readonly stage?: string; readonly given?: Given } = {}): string => {
  const variables = [...(files.get('infra/variables.tf') ?? '').matchAll(/^variable "(\w+)" \{\n([^]*?)\n\}$/gm)].map(([, variable = '', body = '']) => ({ variable, body }));
  const [stage = 'dev'] = wanted === undefined ? [...files.keys()].flatMap((path) => /^infra\/(.*)\.tfvars$/.exec(path)?.[1] ?? []) : [wanted];
  const values = (files.get(`infra/${stage}.tfvars`) ?? `stage = "${stage}"`).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const told = new Set(values.flatMap((line) => /^(\w+) += /.exec(line)?.[1] ?? []));
  for (const { variable, body } of variables) {
    // Everything is given up in the end.
    if (variable === 'deletion_protection') values.push(`${variable} = false`);
    else if (given && variable in given) values.push(`${variable} = ${given[variable as keyof Given]}`);
    else if (!told.has(variable) && !/^ {2}default +=/m.test(body)) values.push(`${variable} = ${/type += list/.test(body) ? '["given"]' : variable.endsWith('_arn') ? `"${somebodys}"` : '"given"'}`);
  }
  return `module "m-${name}" {\n  source = "./${name}/infra"\n${values.map((line) => `  ${line}\n`).join('')}}\n`;
};
