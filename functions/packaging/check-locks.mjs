// The ahead-of-time build restores into lock files of its own, because the compiler's package follows the SDK. Every other package in them must have
// the version and the content hash of the committed lock file: what is deployed is what was tested.
import { existsSync, readdirSync, readFileSync } from 'node:fs';

const toolchain = /^(Microsoft\.DotNet\.ILCompiler|runtime\..*\.Microsoft\.DotNet\.ILCompiler|Microsoft\.NET\.ILLink\.Tasks)$/i;
const read = (file) => Object.values(JSON.parse(readFileSync(file, 'utf8')).dependencies)
  .flatMap((framework) => Object.entries(framework))
  .filter(([, entry]) => entry.type !== 'Project');

let checked = 0;
const wrong = [];
for (const file of readdirSync('artifacts/aot/locks')) {
  const project = file.replace(/\.json$/, '');
  const committed = `functions/${project}/packages.lock.json`;
  if (!existsSync(committed)) continue;
  const known = new Map(read(committed));
  for (const [name, entry] of read(`artifacts/aot/locks/${file}`)) {
    if (toolchain.test(name)) continue;
    checked++;
    const lock = known.get(name);
    if (lock?.resolved !== entry.resolved || lock?.contentHash !== entry.contentHash) {
      wrong.push(`${project}: ${name} is ${entry.resolved}, the lock file has ${lock?.resolved ?? 'none'}`);
    }
  }
}

if (wrong.length > 0 || checked === 0) {
  console.error(`package: ${wrong.join('\n         ') || 'no package could be compared with a lock file'}`);
  process.exit(1);
}
