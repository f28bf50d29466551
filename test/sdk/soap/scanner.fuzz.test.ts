import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ours, theirs } from "./documents.ts";

const soap = "http://schemas.xmlsoap.org/soap/envelope/";
const xsi = "http://www.w3.org/2001/XMLSchema-instance";

const seeds = [
  `<?xml version="1.0" encoding="UTF-8"?>\n<soapenv:Envelope xmlns:soapenv="${soap}" xmlns:xsi="${xsi}"><soapenv:Body><ReconfigVM_Task xmlns="urn:vim25"><_this type="VirtualMachine">vm-7</_this><spec>\n <annotation>a&lt;b</annotation><deviceChange><device xsi:type="VirtualE1000"><key>-1</key></device></deviceChange></spec></ReconfigVM_Task></soapenv:Body></soapenv:Envelope>`,
  `<a xmlns="urn:a" xmlns:b='urn:b' b:c="1" c='2'><!-- one --><b:d/><?pi of it?><e xmlns="" f="&#65;&amp;&#x1F600;">t<![CDATA[<x>&]]]]>&quot;u]]v</e><g xmlns:b="urn:c" b:h=""></g\n></a><!---->\n`,
  "<r>x\r\ny\rz \u00e9\u4e2d\ud83d\ude00<\u00e9l\u00e9ment/></r>",
];

const pieces = [
  ..."<>&;'\"=/!?-[]:#x1 \n\r\t\0\u0085\u00b7\u2028\ud800\udc00\ufffe\ufffd\u00e9",
  ..."</ /> <a> <a></a> <b:a/> <!-- --> <![CDATA[ ]]> <? ?> <?xml &lt; &#13; &#x0; &#55296; &nbsp; xmlns=".split(" "),
  ...[
    "xmlns=''",
    "xmlns:p='urn:a'",
    "xmlns:p=''",
    " a='1'",
    " p:a='1'",
    " xml:lang='en'",
    "xmlns:xml='urn:x'",
    "\ufeff",
    "]]>",
  ],
  ...[
    "<?xml version='1.0'?>",
    "<?xml version='1.1'?>",
    "<?xml version='1.0' standalone='yes'?>",
    "<?p:q r?>",
    "&#x10FFFF;",
    "&#x110000;",
  ],
];

const mutation = fc.record({
  kind: fc.constantFrom("insert", "replace", "delete", "copy"),
  at: fc.nat(999),
  length: fc.integer({ min: 1, max: 12 }),
  to: fc.nat(999),
  piece: fc.constantFrom(...pieces),
});

const document = fc
  .tuple(fc.constantFrom(...seeds), fc.array(mutation, { maxLength: 5 }))
  .map(([seed, mutations]) => mutations.reduce(mutated, seed));

function mutated(
  text: string,
  { kind, at, length, to, piece }: typeof mutation extends fc.Arbitrary<infer M> ? M : never,
): string {
  const start = Math.floor((at / 1000) * (text.length + 1));
  const cut = kind === "insert" || kind === "copy" ? 0 : length;
  const from = Math.floor((to / 1000) * text.length);
  const put = kind === "delete" ? "" : kind === "copy" ? text.slice(from, from + length * 4) : piece;
  return text.slice(0, start) + put + text.slice(start + cut);
}

describe("the scanner", () => {
  it("reads in every document what saxes reads in it, and refuses what saxes refuses", () => {
    fc.assert(
      fc.property(document, (text) => {
        // Of these saxes takes the first for a good target.
        fc.pre(!/<\?[^\s?]*\?[^>]/.test(text));
        expect(ours(text)).toEqual(theirs(text));
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 3000) },
    );
  });
});
