// Prints the ids of texts (a JSON list on standard input) by every tokenizer.json named, without start tokens and with them for the first text.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';

const { Tokenizer } = createRequire(process.env.NODE_PATH + '/')('@anush008/tokenizers');
const texts = JSON.parse(readFileSync(0, 'utf8'));
const answer = {};
for (const file of process.argv.slice(2)) {
  const tokenizer = Tokenizer.fromString(readFileSync(file, 'utf8'));
  const rows = [];
  for (const text of texts) rows.push((await tokenizer.encode(text, null, { addSpecialTokens: false })).getIds());
  rows.push((await tokenizer.encode('a', null, { addSpecialTokens: true })).getIds());
  answer[basename(file, '.json')] = rows;
}
console.log(JSON.stringify(answer));
