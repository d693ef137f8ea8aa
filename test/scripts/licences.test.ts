import { expect, test } from "vitest";
import { mergeLicences } from "../../scripts/licences.mjs";

const isPackage = (name: string): boolean => ["yaml", "undici", "@actions/core"].includes(name);
const YAML = "yaml\nISC\nCopyright Eemeli\n\nPermission …\n";
const UNDICI = "undici\nMIT\nMIT License\n\nyaml is mentioned\n";
const CORE = "@actions/core\nMIT\nThe MIT License\n";

test("each package once, by name, whole", () => {
  const merged = mergeLicences([`${CORE}\n${YAML}`, `${UNDICI}\n${YAML}`], isPackage);
  expect(merged).toBe(`${CORE}\n${UNDICI}\n${YAML}`);
});

test("merging again changes nothing", () => {
  const merged = mergeLicences([CORE, UNDICI, YAML], isPackage);
  expect(mergeLicences([merged, merged], isPackage)).toBe(merged);
});

test("a bundle without packages adds nothing", () => expect(mergeLicences([YAML, ""], isPackage)).toBe(YAML));

test("text that belongs to no package is refused, not dropped", () => {
  expect(() => mergeLicences([`left-pad\nMIT\n\n${YAML}`], isPackage)).toThrow("left-pad");
});
