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
const valueOf = (variable: string, stage: string): string => (variable === 'stage' ? stage : variable.endsWith('_arn') ? somebodys : 'given');

/** A configuration as one module of a greater one, so that the provider's schemas are read once for all of them. */
export const asModule = (name: string, files: ReadonlyMap<string, string>): string => {
  const needed = [...(files.get('infra/variables.tf') ?? '').matchAll(/^variable "(\w+)" \{\n([^]*?)\n\}$/gm)].filter(([, , body]) => !/^ {2}default +=/m.test(body ?? ''));
  const [stage = 'dev'] = [...files.keys()].flatMap((path) => /^infra\/(.*)\.tfvars$/.exec(path)?.[1] ?? []);
  const given = needed.map(([, variable, body]) => `  ${variable} = ${/type += list/.test(body ?? '') ? '["given"]' : `"${valueOf(variable ?? '', stage)}"`}\n`);
  return `module "m-${name}" {\n  source = "./${name}/infra"\n${given.join('')}}\n`;
};
