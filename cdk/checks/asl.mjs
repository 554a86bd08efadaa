// An independent validator over the state machines: asl-validator from npm. Substitutions are stood in for: numbers where no quotes are around them.
//   node cdk/checks/asl.mjs [files]
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';

const require = createRequire(import.meta.url);
const validate = require('asl-validator');

const folder = fileURLToPath(new URL('../../statemachines/', import.meta.url));
const files = process.argv.length > 2 ? process.argv.slice(2) : readdirSync(folder).filter((name) => name.endsWith('.asl.json')).map((name) => folder + name);
let wrong = 0;
for (const file of files) {
  const definition = JSON.parse(standIn(readFileSync(file, 'utf8')));
  const { isValid, errors } = validate(definition, { checkPaths: true, checkArn: true });
  if (!isValid) {
    wrong++;
    for (const error of errors) console.error(`${basename(file)}: ${error['Error code'] ?? ''} ${error.Message ?? JSON.stringify(error)}`);
  }
}
console.log(`asl-validator: ${files.length} state machines, ${wrong} of them wrong`);
process.exit(files.length > 0 && wrong === 0 ? 0 : 1);

function standIn(text) {
  let quoted = false;
  let result = '';
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '\\' && quoted) {
      result += text[i] + text[++i];
    } else if (text[i] === '"') {
      quoted = !quoted;
      result += '"';
    } else if (text.startsWith('${', i)) {
      const end = text.indexOf('}', i);
      const name = text.slice(i + 2, end);
      result += !quoted ? '1' : name.endsWith('Arn') ? 'arn:aws:lambda:us-east-1:111111111111:function:x' : /Minutes|Seconds|Port/.test(name) ? '1' : name;
      i = end;
    } else {
      result += text[i];
    }
  }
  return result;
}
