// count-tests.mjs FOLDER [--numbers|--again]: sums the .trx files of a test run. A test that failed but passed in FOLDER/again counts as passed and is called unsteady.
// --numbers prints "PASSED FAILED SKIPPED" alone, --again a filter for the tests that failed: nothing when there is none, when so many failed that chance is no
// reason, or when a project did not come to its end.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

const mostAgain = 5;
const [folder, mode] = process.argv.slice(2);
const again = outcomes(join(folder, "again"));
const total = { passed: 0, failed: 0, skipped: 0 };
const lines = [];
const failures = new Set();

for (const text of reports(folder)) {
  const counters = text.match(/<Counters [^>]*>/)?.[0] ?? "";
  const number = (name) => Number(counters.match(new RegExp(`\\b${name}="(\\d+)"`))?.[1] ?? 0);
  let passed = number("passed");
  // The logger leaves notExecuted at 0 and shows skipped tests only in the gap between total and executed.
  const skipped = number("total") - number("executed");
  const details = [];
  for (const { name, outcome, reason } of results(text)) {
    if (outcome === "Passed") continue;
    const unsteady = outcome === "Failed" && again.get(name) === "Passed";
    if (unsteady) passed++;
    if (outcome === "Failed") failures.add(name.replace(/\(.*$/s, ""));
    details.push(`  ${unsteady ? "UNSTEADY" : outcome === "Failed" ? "FAILED " : "skipped"} ${name}: ${reason}${unsteady ? " (passed when it ran again)" : ""}`);
  }

  const failed = number("executed") - passed;
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  const project = basename(text.match(/codeBase="([^"]*)"/)?.[1] ?? "?").replace(/\.dll$/, "");
  lines.push(`${project.padEnd(32)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${String(skipped).padStart(4)} skipped`, ...details);
}

if (mode === "--numbers") console.log(`${total.passed} ${total.failed} ${total.skipped}`);
else if (mode === "--again") console.log(complete() && failures.size <= mostAgain ? [...failures].map((name) => `FullyQualifiedName=${name}`).join("|") : "");
else console.log(lines.join("\n") || "No results.");

function complete() {
  const projects = readdirSync("tests").filter((name) => name.endsWith(".Tests"));
  const texts = reports(folder);
  return texts.length === projects.length && !texts.some((text) => /run was aborted|host process (exited|crashed)/i.test(text));
}

function reports(from) {
  const files = existsSync(from) ? readdirSync(from).filter((name) => name.endsWith(".trx")).sort() : [];
  return files.map((file) => readFileSync(join(from, file), "utf8"));
}

function results(text) {
  return [...text.matchAll(/<UnitTestResult [^>]*outcome="(\w+)"(?:[^>]*\/>|[\s\S]*?<\/UnitTestResult>)/g)].map(([result, outcome]) => ({
    name: result.match(/testName="([^"]*)"/)?.[1] ?? "?",
    outcome,
    reason: (result.match(/<Message>([\s\S]*?)<\/Message>/) ?? result.match(/<StdOut>([\s\S]*?)<\/StdOut>/))?.[1].trim().split("\n")[0] ?? "no reason given",
  }));
}

function outcomes(from) {
  return new Map(reports(from).flatMap(results).map(({ name, outcome }) => [name, outcome]));
}
