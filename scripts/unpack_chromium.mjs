// Unpack the Chromium of @sparticuz/chromium: node unpack_chromium.mjs <package>/bin <target>
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliDecompressSync } from "node:zlib";

const [source, target] = process.argv.slice(2);
const unpacked = (name) => brotliDecompressSync(readFileSync(join(source, name)));

mkdirSync(target, { recursive: true });
for (const archive of ["al2023.tar.br", "swiftshader.tar.br"]) {
  const done = spawnSync("tar", ["-x", "-C", target], { input: unpacked(archive) });
  if (done.status !== 0) throw new Error(`${archive}: ${done.stderr}`);
}
writeFileSync(join(target, "chromium"), unpacked("chromium.br"));
chmodSync(join(target, "chromium"), 0o755);
