import { beforeAll, describe, expect, it } from 'vitest';
import { terraform } from '../../generators/terraform/index.js';
import { compileAll, compileSpec, filesOf } from '../support/compile.js';

/** A document of one operation a path, and what stands in its configuration. */
const configure = async (gateway: object, paths: readonly string[], more: object = {}): Promise<Map<string, string>> => filesOf(await compileAll({
  stdin: JSON.stringify({
    openapi: '3.1.0', info: { title: 'Shop', version: '1.2.3' }, 'x-gateway': { protocol: 'rest', ...gateway }, security: [], ...more,
    paths: Object.fromEntries(paths.map((path, index) => [path, {
      get: { operationId: `get${index}`, parameters: [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({ name, in: 'path', required: true, schema: { type: 'string', maxLength: 9 } })), responses: { 200: { description: 'ok' } } },
    }])),
  }),
}, { emitters: [terraform] }));

/** A block of a file, with its braces: `resource "aws_x" "this"`. */
const blockOf = (files: ReadonlyMap<string, string>, file: string, head: string): string =>
  new RegExp(`^${head.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')} \\{\\n[^]*?^\\}$`, 'm').exec(files.get(`infra/${file}`) ?? '')?.[0] ?? '';

describe('a REST API', () => {
  let files: Map<string, string>;
  beforeAll(async () => {
    files = await configure({ stages: { dev: { variables: { LOG: 'debug' } }, prod: { throttle: { rate: 9, burst: 18 } } } }, ['/orders', '/orders/{id}', '/']);
  });

  it('is deployed anew whenever a byte of what it is imported from changes, and before the old deployment goes (P100, P101, P102)', () => {
    const deployment = blockOf(files, 'api.tf', 'resource "aws_api_gateway_deployment" "this"');
    expect(deployment).toContain('triggers = { redeployment = sha1(local.openapi) }');
    expect(deployment).toContain('create_before_destroy = true');
    expect(deployment).not.toContain('stage_name');
    expect(blockOf(files, 'api.tf', 'resource "aws_api_gateway_rest_api" "this"')).toMatch(/body += local\.openapi/);
  });

  it('comes from one definition, and from nothing beside it (P103, P104, P112, P123, P124)', () => {
    expect([...files.values()].join('\n')).not.toMatch(/"aws_api_gateway_(?:resource|method|integration|model|authorizer|gateway_response|request_validator)[a-z_]*"(?<!settings") /);
    expect(files.get('infra/api.tf')).not.toContain('put_rest_api_mode');
  });

  it('is regional, and refuses a definition of which anything would be dropped (P121, P122)', () => {
    const api = blockOf(files, 'api.tf', 'resource "aws_api_gateway_rest_api" "this"');
    expect(api).toContain('types = ["REGIONAL"]');
    expect(api).toMatch(/fail_on_warnings = true/);
  });

  it('writes access logs to the group itself, with the request\'s id, and makes the account\'s role only where asked (P107, P108)', () => {
    const stage = blockOf(files, 'api.tf', 'resource "aws_api_gateway_stage" "this"');
    expect(stage).toContain('destination_arn = aws_cloudwatch_log_group.api.arn\n');
    expect(stage).toContain('requestId          = "$context.requestId"');
    expect(stage).toContain('depends_on = [aws_api_gateway_account.this]');
    expect(blockOf(files, 'api.tf', 'resource "aws_api_gateway_account" "this"')).toContain('count = var.create_account_log_role ? 1 : 0');
    expect(blockOf(files, 'variables.tf', 'variable "create_account_log_role"')).toMatch(/default += false/);
  });

  it('never logs bodies, and says its limits again for each route that has its own (P109)', () => {
    expect(files.get('infra/api.tf')?.match(/data_trace_enabled += false/g)).toHaveLength(2);
    const routes = blockOf(files, 'api.tf', 'resource "aws_api_gateway_method_settings" "routes"');
    expect(routes).toMatch(/"~1\/GET" += \{ rate = \d+, burst = \d+ \}/);
    expect(routes).toMatch(/"orders\/GET" += /);
    expect(routes).toMatch(/"orders\/\{id\}\/GET" = /);
    expect(routes).toContain('throttling_rate_limit  = each.value.rate\n    throttling_burst_limit = each.value.burst');
  });

  it('lets each route call the function behind it, through its alias (P42, P44, P117)', () => {
    const permission = blockOf(files, 'permissions.tf', 'resource "aws_lambda_permission" "api"');
    expect(permission).toContain('qualifier     = aws_lambda_alias.live[each.value.function].name');
    expect(permission).toContain('source_arn    = "${aws_api_gateway_rest_api.this.execution_arn}/${each.value.request}"');
    expect([...(files.get('infra/functions.tf') ?? '').matchAll(/callers += (.*)/g)].map(([, callers]) => callers)).toEqual(['["*/GET/"]', '["*/GET/orders"]', '["*/GET/orders/*"]']);
    expect(files.get('infra/openapi.tf')).toContain('functions/${aws_lambda_alias.live["get0"].arn}/invocations');
  });

  it('has a file of values for each stage, and the same archives in all', () => {
    expect(files.get('infra/dev.tfvars')?.split('\n').slice(2).join('\n')).toBe('stage           = "dev"\nthrottle        = { rate = 100, burst = 200 }\nstage_variables = { LOG = "debug" }\n');
    expect(files.get('infra/prod.tfvars')).toContain('{ rate = 9, burst = 18 }');
    expect(blockOf(files, 'functions.tf', 'resource "aws_lambda_function" "this"')).toContain('source_code_hash = filebase64sha256("${path.module}/../build/${each.value.archive}.zip")');
    expect(blockOf(files, 'variables.tf', 'variable "stage"')).toContain('contains(["dev", "prod"], var.stage)');
  });
});

describe('an HTTP API', () => {
  it('sets both limits wherever it sets one: what is left out is taken for 0 (P106)', async () => {
    const files = await configure({ protocol: 'http' }, ['/a', '/b/{id}']);
    const stage = blockOf(files, 'api.tf', 'resource "aws_apigatewayv2_stage" "this"');
    const settings = stage.match(/(?:default_)?route_settings \{\n[^]*?\n  \}/g) ?? [];
    expect(settings).toHaveLength(3);
    for (const one of settings) expect(one).toMatch(/throttling_rate_limit += .*\n +throttling_burst_limit += /);
    expect(stage).toMatch(/auto_deploy += true/);
  });

  it('has the name and the version of its definition, or each plan would change them', async () => {
    const files = await configure({ protocol: 'http' }, ['/a']);
    const api = blockOf(files, 'api.tf', 'resource "aws_apigatewayv2_api" "this"');
    const [, title, version] = /info += \{ title = (".*?"), version = (".*?") \}/.exec(files.get('infra/openapi.tf') ?? '') ?? [];
    expect(title).toBe('"shop-${var.stage}"');
    expect(api).toMatch(new RegExp(`name += ${title?.replace(/[$.{}]/g, '\\$&')}\n`));
    expect(api).toContain(`= ${version}\n`);
  });
});

describe('functions', () => {
  it('have one permission for all their routes where there are too many for the policy (P43)', async () => {
    const files = await configure({ functions: { split: 'api' } }, Array.from({ length: 31 }, (_, index) => `/r${index}`));
    expect(files.get('infra/functions.tf')).toContain('callers       = ["*/*"]');
  });

  it('may do what their operations use, on exactly that, and nothing else', async () => {
    const files = filesOf(await compileSpec('orders', { emitters: [terraform] }));
    const everything = [...files.values()].join('\n');
    expect(everything).not.toMatch(/(?:actions|resources) += \[[^\]]*"\*"/);
    expect(everything).not.toMatch(/"[a-z0-9]+:\*"/);
    expect(blockOf(files, 'functions.tf', 'data "aws_iam_policy_document" "functions"')).toContain('resources = ["${aws_cloudwatch_log_group.functions[each.key].arn}:*"]');
    expect(/ {4}amendments = \{[^]*?\n {4}\}/.exec(files.get('infra/functions.tf') ?? '')?.[0]).toMatch(/resources = \[aws_dynamodb_table\.orders\.arn\]/);
  });

  it('are kept apart by names of at most 64 characters', async () => {
    const long = `get${'Everything'.repeat(9)}`;
    const files = filesOf(await compileAll({ stdin: JSON.stringify({ openapi: '3.1.0', info: { title: 'A'.repeat(60), version: '1' }, security: [], paths: { '/a': { get: { operationId: `${long}A`, responses: { 200: { description: 'ok' } } } }, '/b': { get: { operationId: `${long}B`, responses: { 200: { description: 'ok' } } } } } }) }, { emitters: [terraform] }));
    const [, prefix = ''] = /name = "(.*)-\$\{var\.stage\}"/.exec(files.get('infra/main.tf') ?? '') ?? [];
    const keys = [...(files.get('infra/functions.tf') ?? '').matchAll(/^ {4}"?([a-z0-9-]+)"? = \{$/gm)].map(([, key]) => key ?? '');
    expect(new Set(keys).size).toBe(2);
    for (const key of keys) expect(`${prefix}-prod-${key}`.length).toBeLessThanOrEqual(64);
  });
});

describe('a runtime', () => {
  it.each([['nodejs22.x', false], ['nodejs24.x', true], ['python3.13', false]])('%s is refused where the provider does not know it: %s (P132)', async (runtime, refused) => {
    const { diagnostics } = await compileAll({ stdin: JSON.stringify({ openapi: '3.1.0', info: { title: 'Shop', version: '1' }, security: [], 'x-gateway': { functions: { runtime } }, paths: { '/a': { get: { operationId: 'a', responses: { 200: { description: 'ok' } } } } } }) }, { emitters: [terraform] });
    expect(diagnostics.some(({ code, message }) => code === 'target/unsupported' && message.includes('nodejs24.x'))).toBe(refused);
  });
});

describe('a new version', () => {
  const gradual = (rollout: object): Promise<Map<string, string>> => configure({ functions: { rollout } }, ['/a']);

  it('is handed over by CodeDeploy, whose doings are no change to plan (P119)', async () => {
    const files = await gradual({ strategy: 'canary', percent: 25, interval: '5m', alarms: ['errors', 'p95 > 800ms'] });
    expect(blockOf(files, 'rollout.tf', 'resource "aws_lambda_alias" "gradual"')).toContain('ignore_changes = [function_version, routing_config]');
    expect(blockOf(files, 'rollout.tf', 'resource "aws_codedeploy_deployment_config" "canary25_percent_each5_minutes"')).toMatch(/time_based_canary \{\n +interval += 5\n +percentage = 25\n/);
    const start = blockOf(files, 'rollout.tf', 'resource "terraform_data" "rollout"');
    expect(start).toContain('triggers_replace = aws_lambda_function.this[each.key].version');
    expect(start).toContain('[ \\"$CURRENT\\" = \\"$TARGET\\" ] || aws deploy create-deployment');
  });

  it('is taken back by its alarms, or by hand', async () => {
    const files = await gradual({ strategy: 'linear', percent: 10, interval: '1m' });
    expect(blockOf(files, 'rollout.tf', 'resource "aws_codedeploy_deployment_group" "functions"')).toContain('events  = ["DEPLOYMENT_FAILURE", "DEPLOYMENT_STOP_ON_ALARM", "DEPLOYMENT_STOP_ON_REQUEST"]');
    expect(files.get('infra/rollout.tf')).toContain('configuration = "CodeDeployDefault.LambdaLinear10PercentEvery1Minute"');
    expect(blockOf(files, 'outputs.tf', 'output "stop_rollout"')).toContain('aws deploy stop-deployment --auto-rollback-enabled');
  });

  it('is called by the same alias as before: callers may call both (P117)', async () => {
    const files = await gradual({ strategy: 'canary' });
    expect(files.get('infra/openapi.tf')).toContain('functions/${aws_lambda_alias.gradual["get0"].arn}/invocations');
    expect(blockOf(files, 'permissions.tf', 'resource "aws_lambda_permission" "api"')).toContain('qualifier     = local.aliases[each.value.function].name');
  });

  it('takes over at once unless asked', async () => {
    const files = await configure({}, ['/a']);
    expect(files.has('infra/rollout.tf')).toBe(false);
    expect(files.get('infra/openapi.tf')).toContain('aws_lambda_alias.live["get0"]');
  });
});

describe('what stands behind', () => {
  it('is a variable where it is someone else\'s, and known by the parts of its ARN', async () => {
    const files = await configure({ resources: { jobs: { kind: 'queue', existing: 'JobsQueue' }, notes: { kind: 'table', key: { partition: 'id' }, existing: 'arn:aws:dynamodb:eu-west-1:123456789012:table/notes' } }, defaults: { uses: [{ jobs: 'publish' }, { notes: 'read' }] } }, ['/a']);
    expect(files.get('infra/resources.tf')).toBeUndefined();
    expect(blockOf(files, 'variables.tf', 'variable "jobs_queue_arn"')).not.toContain('default');
    expect(files.get('infra/variables.tf')).toMatch(/default += "arn:aws:dynamodb:eu-west-1:123456789012:table\/notes"/);
    expect(files.get('infra/functions.tf')).toContain('"https://sqs.${split(":", var.jobs_queue_arn)[3]}.${data.aws_partition.current.dns_suffix}/${split(":", var.jobs_queue_arn)[4]}/${split(":", var.jobs_queue_arn)[5]}"');
  });

  it('feeds its worker through the alias, once the role may read it', async () => {
    const files = filesOf(await compileSpec('orders', { emitters: [terraform] }));
    const mapping = blockOf(files, 'workers.tf', 'resource "aws_lambda_event_source_mapping" "fulfilment"');
    expect(mapping).toContain('function_response_types = ["ReportBatchItemFailures"]');
    expect(mapping).toContain('depends_on = [aws_iam_role_policy.functions]');
    expect(files.get('infra/functions.tf')).toContain('"sqs:ReceiveMessage"');
    expect(blockOf(files, 'resources.tf', 'resource "aws_sqs_queue" "fulfilment"')).toMatch(/maxReceiveCount += 5/);
  });
});

describe('a hostile document', () => {
  it('says nothing in HCL, whatever its text', async () => {
    const evil = '${file("/etc/passwd")} %{ for x in [1] }x%{ endfor } EOT "}\\';
    const example = { responses: { 200: { description: 'ok', content: { 'application/json': { examples: { e: { value: { [evil]: evil } } } } } } }, 'x-gateway': { integration: { mock: { status: 200, example: 'e' } } } };
    const files = filesOf(await compileAll({ stdin: JSON.stringify({ openapi: '3.1.0', info: { title: evil, version: evil }, 'x-gateway': { protocol: 'rest' }, security: [], paths: { '/a': { get: { operationId: 'a', ...example } } } }) }, { emitters: [terraform] }));
    for (const [path, content] of files) {
      expect(content.match(/(?<!\$)\$\{file/g), path).toBeNull();
      expect(content.match(/(?<!%)%\{ for/g), path).toBeNull();
    }
    // Velocity has no dollar sign in text either, and takes it as an escape of JSON.
    expect(files.get('infra/openapi.tf')).toContain('%%{ for x');
    expect(files.get('infra/openapi.tf')).toContain('u0024{file(');
  });
});

describe('a stage', () => {
  it('has a cache, a domain and a web ACL where its values say so, and nothing of them elsewhere', async () => {
    const files = await configure({ stages: { dev: {}, prod: { domain: 'api.example.com', basePath: '/shop', cacheSize: 0.5, waf: true } }, defaults: { cache: { ttl: '30s' } } }, ['/a']);
    expect(files.get('infra/prod.tfvars')).toContain('cache_size = 0.5\ndomain     = "api.example.com"\nbase_path  = "shop"\nweb_acl    = true\n');
    expect(files.get('infra/dev.tfvars')).not.toMatch(/cache_size|domain|base_path/);
    expect(files.get('infra/dev.tfvars')).toContain('web_acl  = false');
    expect(blockOf(files, 'api.tf', 'resource "aws_api_gateway_stage" "this"')).toMatch(/cache_cluster_enabled += var\.cache_size != null/);
    for (const name of ['domain_name', 'api_mapping']) expect(blockOf(files, 'edge.tf', `resource "aws_apigatewayv2_${name}" "this"`)).toContain('count = var.domain == null ? 0 : 1');
    expect(blockOf(files, 'edge.tf', 'resource "aws_wafv2_web_acl_association" "this"')).toContain('count = var.web_acl ? 1 : 0');
  });

  it('is refused without the certificate and the web ACL that it asks for, in words of the configuration', async () => {
    const files = await configure({ stages: { dev: {}, prod: { domain: 'api.example.com', waf: true } } }, ['/a']);
    for (const [resource, variable] of [['aws_apigatewayv2_domain_name', 'certificate_arn'], ['aws_wafv2_web_acl_association', 'web_acl_arn']]) {
      expect(blockOf(files, 'edge.tf', `resource "${resource}" "this"`)).toMatch(new RegExp(`precondition \\{\n +condition +=  ?var\\.${variable} != null\n +error_message = ".*${variable}`));
    }
  });

  it('keeps answers of cached routes alone, encrypted, and lets nobody flush them without permission (P05)', async () => {
    const files = await configure({ stages: { prod: { cacheSize: 0.5 } }, defaults: { cache: { ttl: '30s' } } }, ['/a']);
    expect(blockOf(files, 'api.tf', 'resource "aws_api_gateway_method_settings" "all"')).toMatch(/caching_enabled += false/);
    const routes = blockOf(files, 'api.tf', 'resource "aws_api_gateway_method_settings" "routes"');
    expect(routes).toMatch(/"a\/GET" = \{ rate = \d+, burst = \d+, cache_ttl = 30 \}/);
    expect(routes).toMatch(/require_authorization_for_cache_control += true/);
    expect(routes).toMatch(/cache_data_encrypted += true/);
  });

  it('counts the requests of each client by rules of a web ACL', async () => {
    const files = await configure({ defaults: { throttle: { rate: 1, burst: 1, per: 'client', retryAfter: '2s' } } }, ['/a/{id}']);
    const rules = blockOf(files, 'edge.tf', 'resource "aws_wafv2_web_acl" "client_rates"');
    expect(rules).toMatch(/limit += 60/);
    expect(rules).toMatch(/name  = "Retry-After"\n +value = "2"/);
    expect(rules).toContain('/a/[^/]+/?$"');
  });
});

describe('a function', () => {
  it('logs in JSON, to a group that is there before it is', async () => {
    expect(blockOf(await configure({}, ['/a']), 'functions.tf', 'resource "aws_lambda_function" "this"')).toMatch(/logging_config \{\n +log_format = "JSON"\n +log_group {2}= aws_cloudwatch_log_group\.functions\[each\.key\]\.name/);
  });
});

describe('a table', () => {
  it('refuses to be deleted until somebody says otherwise', async () => {
    const files = await configure({ resources: { things: { kind: 'table', key: { partition: 'id' } } } }, ['/a']);
    expect(blockOf(files, 'resources.tf', 'resource "aws_dynamodb_table" "things"')).toMatch(/deletion_protection_enabled = var\.deletion_protection/);
    expect(blockOf(files, 'variables.tf', 'variable "deletion_protection"')).toMatch(/default += true/);
    expect((await configure({}, ['/a'])).get('infra/variables.tf')).not.toContain('deletion_protection');
  });
});
