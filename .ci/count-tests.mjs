// count-tests.mjs FOLDER [--numbers]: sums the .trx files of a test run. --numbers prints "PASSED FAILED SKIPPED" alone.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

const [folder, mode] = process.argv.slice(2);
const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith(".trx")).sort() : [];
const total = { passed: 0, failed: 0, skipped: 0 };
const lines = [];

for (const file of files) {
  const text = readFileSync(join(folder, file), "utf8");
  const counters = text.match(/<Counters [^>]*>/)?.[0] ?? "";
  const number = (name) => Number(counters.match(new RegExp(`\\b${name}="(\\d+)"`))?.[1] ?? 0);
  const passed = number("passed");
  // The logger leaves notExecuted at 0 and shows skipped tests only in the gap between total and executed.
  const skipped = number("total") - number("executed");
  const failed = number("executed") - passed;
  const project = basename(text.match(/codeBase="([^"]*)"/)?.[1] ?? file).replace(/\.dll$/, "");
  total.passed += passed;
  total.failed += failed;
  total.skipped += skipped;
  lines.push(`${project.padEnd(32)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${String(skipped).padStart(4)} skipped`);

  for (const [result, outcome] of text.matchAll(/<UnitTestResult [^>]*outcome="(Failed|NotExecuted)"(?:[^>]*\/>|[\s\S]*?<\/UnitTestResult>)/g)) {
    const name = result.match(/testName="([^"]*)"/)?.[1];
    const reason = (result.match(/<Message>([\s\S]*?)<\/Message>/) ?? result.match(/<StdOut>([\s\S]*?)<\/StdOut>/))?.[1].trim().split("\n")[0];
    lines.push(`  ${outcome === "Failed" ? "FAILED " : "skipped"} ${name}: ${reason ?? "no reason given"}`);
  }
}

console.log(mode === "--numbers" ? `${total.passed} ${total.failed} ${total.skipped}` : lines.join("\n") || "No results.");
