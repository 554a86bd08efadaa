// cdk-nag's AwsSolutions rules over synthesized templates. Findings must be none but those in acknowledged.json, each of which must occur.
//   node cdk/checks/nag.mjs cdk/cdk.out [more folders]
import { readFileSync, readdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const require = createRequire(import.meta.url);
const { App, Aspects, DefaultStackSynthesizer, Stack } = require('aws-cdk-lib');
const { CfnInclude } = require('aws-cdk-lib/cloudformation-include');
const { AwsSolutionsChecks } = require('cdk-nag');

const folders = process.argv.slice(2);
if (folders.length === 0) {
  console.error('nag: name a folder of synthesized templates, such as cdk/cdk.out.');
  process.exit(2);
}
const acknowledged = JSON.parse(readFileSync(process.env.NAG_ACKNOWLEDGED ?? new URL('acknowledged.json', import.meta.url)));
const limit = 8;
if (acknowledged.length > limit) {
  console.error(`nag: ${acknowledged.length} findings are acknowledged; at most ${limit} may be.`);
  process.exit(1);
}
for (const entry of acknowledged) {
  if (!entry.rule || !entry.reason || !entry.evidence || !(entry.finding || entry.resource)) {
    console.error(`nag: an acknowledgement needs rule, finding or resource, reason and evidence: ${JSON.stringify(entry)}`);
    process.exit(1);
  }
}

// The Regions are alike, as a test shows: one of them will do where time is short.
const only = new RegExp(process.env.NAG_STACKS ?? '');
const findings = [];
let templates = 0;
let checked = 0;
for (const folder of folders) {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.template.json') && only.test(name))) {
    templates++;
    check(join(folder, file), basename(file, '.template.json'));
  }
}
if (templates === 0) {
  console.error(`nag: no templates in ${folders.join(', ')}.`);
  process.exit(2);
}

const open = findings.filter((finding) => !acknowledged.some((entry) => covers(entry, finding)));
const unused = acknowledged.filter((entry) => !findings.some((finding) => covers(entry, finding)));
for (const { rule, finding, resource, template, text } of open) console.error(`${rule}${finding ? `[${finding}]` : ''} ${template} ${resource}: ${text}`);
for (const entry of unused) console.error(`nag: acknowledged and not found any more, so take it out: ${entry.rule} ${entry.finding ?? ''} ${entry.resource ?? ''}`);
console.log(`nag: ${templates} templates, ${checked} checks of rules passed, ${open.length} findings, ${acknowledged.length} acknowledged (${findings.length - open.length} places)`);
process.exit(open.length + unused.length > 0 ? 1 : 0);

function covers(entry, finding) {
  return entry.rule === finding.rule
    && (!entry.finding || new RegExp(`^(${entry.finding})$`).test(finding.finding))
    && (!entry.resource || new RegExp(entry.resource).test(`${finding.template}/${finding.resource}`));
}

function check(templateFile, name) {
  const output = mkdtempSync(join(tmpdir(), 'nag-'));
  const app = new App({ outdir: output, analyticsReporting: false });
  const stack = new Stack(app, name, { synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) });
  new CfnInclude(stack, 'T', { templateFile });
  const logger = {
    onCompliance: () => { checked++; },
    onNonCompliance: (data) => findings.push({
      rule: data.ruleId, finding: data.findingId, resource: data.resource.node.id, template: name, text: data.ruleInfo,
    }),
    // A rule that could not be evaluated has found nothing out: it counts as a finding.
    onError: (data) => findings.push({ rule: data.ruleId, finding: 'error', resource: data.resource.node.id, template: name, text: data.errorMessage }),
    onSuppressed: () => {},
    onSuppressedError: () => {},
    onNotApplicable: () => {},
  };
  Aspects.of(app).add(new AwsSolutionsChecks({ reports: false, logIgnores: false, additionalLoggers: [logger], verbose: false }));
  silently(() => app.synth());
  rmSync(output, { recursive: true, force: true });
}

// The rules also annotate the constructs, and the synthesis would print each finding a second time.
function silently(action) {
  const { error, warn } = console;
  const write = process.stderr.write;
  console.error = () => {};
  console.warn = () => {};
  process.stderr.write = () => true;
  try {
    action();
  } finally {
    console.error = error;
    console.warn = warn;
    process.stderr.write = write;
  }
}
