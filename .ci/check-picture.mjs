// check-picture.mjs FILE WIDTH HEIGHT: fails unless FILE is a PNG of that size whose pixels differ enough to be a picture.
import { readFileSync } from "node:fs";
import { inflateSync } from "node:zlib";

const [file, width, height] = process.argv.slice(2);
const fail = (reason) => {
  console.error(`${file}: ${reason}`);
  process.exit(1);
};

const bytes = readFileSync(file);
if (bytes.subarray(0, 8).toString("latin1") !== "\x89PNG\r\n\x1a\n") fail("is no PNG.");

let size = "";
const data = [];
for (let at = 8; at < bytes.length; ) {
  const length = bytes.readUInt32BE(at);
  const type = bytes.subarray(at + 4, at + 8).toString("latin1");
  const body = bytes.subarray(at + 8, at + 8 + length);
  if (type === "IHDR") size = `${body.readUInt32BE(0)}x${body.readUInt32BE(4)}`;
  if (type === "IDAT") data.push(body);
  at += 12 + length;
}

if (size !== `${width}x${height}`) fail(`is ${size}, not ${width}x${height}.`);

// A blank or flat picture compresses to almost nothing and has few distinct filtered values; a drawn one has many.
const values = new Set(inflateSync(Buffer.concat(data)));
if (values.size < 32) fail(`is blank: only ${values.size} distinct values.`);
console.log(`${file}: PNG ${size}, ${bytes.length} bytes, ${values.size} distinct filtered values.`);
