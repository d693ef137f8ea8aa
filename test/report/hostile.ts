import fc from "fast-check";

/** What a banner, a certificate, a policy or a file name may hold to make a log or a comment act. */
export const HOSTILE: readonly string[] = [
  "250-##[set-output name=verdict;]ready\r\n",
  "\u0085::set-output name=verdict::ready",
  "\u3000::add-mask::ready",
  "\r::stop-commands::x7f3",
  "::error file=a,line=1::forged",
  "%0A::error::forged",
  "\u001b[2J\u001b[31mred\u0007",
  "\\| ![x](https://evil.example/p.png) |",
  "a` <img src=https://evil.example/p.png> `b",
  "x\n\n## ✅ Ready: all is well\n\n<!--",
  "</td></tr></table><details>",
  "</code></pre><script>alert(1)</script>",
  "fixes #1 org/repo#2 GH-3 @octocat @org/team",
  "mail a@example.com, www.example.com and https://github.com.evil.example/login",
  "0123456789abcdef0123456789abcdef01234567",
  ":white_check_mark: READY $$\\href{https://evil.example}{ready}$$",
  "1. one\n- two\n> three\n    four\n---\n===",
  "~~~\n```\n````",
  "[^1]: note [link][ref] [ref]: https://evil.example *a* _b_ ~c~ **d**",
  "\u202egnp.exe\u2066\u200b\ufeff\u2028\u2029\ud800",
  "&lt;b&gt; &#64;octocat &commat;octocat",
];

const PIECES = [
  ..."`|\\<>*_~[]()!#@:/.-+=&$\"'{}^%;, \t\r\n\u0085\u2028\u001b",
  ..."aZ09fé✅§→\u202e",
  "http://",
  "www.",
  "a@b.co",
  "@octocat",
  "#12",
  "GH-1",
  "deadbeef",
  "::error::",
  "##[error]",
  ":tada:",
  "&#64;",
  "&lt;",
  "<!--",
  "-->",
  "```",
  "~~~",
  "[^1]:",
  "1. ",
  "- ",
  "    ",
  "</code>",
  "<br>",
  "\\u{40}",
];

/** Short texts made of the signs that mean something to the runner, a terminal or GitHub. */
export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) => pieces.join("")),
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.constantFrom(...HOSTILE),
);
