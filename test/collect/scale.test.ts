import { test } from "vitest";
import { collect } from "/work/main/src/collect/collect.ts";
import { parseOptions } from "/work/main/src/options.ts";
import { literalRepository } from "/work/main/test/collect/tree.ts";
test("scale", async () => {
  const files: Record<string,string> = {};
  const n = 30000;
  for (let i=0;i<n;i++){ files[`sites/d${i}.example/.well-known/mta-sts.txt`]="version: STSv1\nmode: enforce\nmx: mx.example.com\nmax_age: 604800\n"; files[`zones/d${i}.example`]=`$TTL 300\n@ SOA ns1 admin 1 2 3 4 5\n@ MX 10 mx\n_mta-sts TXT "v=STSv1; id=1"\n`;}
  const t=performance.now();
  const r = await collect(literalRepository(files,{...files,"zones/d5.example":files["zones/d5.example"]!.replace("id=1","id=2")}),parseOptions({records:"zones/*"}),[]);
  console.log(r.proposals.length, performance.now()-t, process.memoryUsage().rss/1e6);
},100000);
