import { parseStsRecord, selectStsRecord } from "../../src/protocol/sts-record.ts";
import { parseTlsrptRecord, selectTlsrptRecord } from "../../src/protocol/tlsrpt-record.ts";
import { type Vector, vectors } from "../protocol/vectors.ts";
import { char, digit, letter, many, mostly, name, octet, oneOf, sequence } from "./grammar.ts";
import { type Parser, words } from "./parser.ts";

const pieceOf = oneOf(letter, digit, "-", "_", ".", "=", " ", char(0x21, 0x7e));
const semicolon = mostly(30, oneOf(";", "; ", " ;", " ; "), "", ";;", ",", "\t;");
const extension = sequence(many(pieceOf, 1, 34), "=", many(pieceOf, 0, 10));

export const stsRecord: Parser = {
  name: "sts-record",
  grammar: sequence(
    mostly(30, "v=STSv1", "v=STSv2", "V=STSv1", "v=stsv1", "v = STSv1"),
    semicolon,
    sequence(
      mostly(30, "id", "ID", "i", ""),
      "=",
      mostly(5, many(oneOf(digit, letter), 1, 33), "", "a-b", many(octet, 0, 5)),
    ),
    many(sequence(semicolon, extension), 0, 4),
    mostly(3, semicolon, ""),
  ),
  samples: vectors<Vector & { readonly input: readonly (readonly string[])[] }>("record").flatMap(({ input }) =>
    input.map((strings) => strings.join("")),
  ),
  pieces: [...words("v=STSv1 id= ; = 20260101 v= . - _ a 0"), " ", "\t", '"', "\\", "\xa0"],
  wide: true,
  read: (input) => {
    selectStsRecord([input, "v=STSv1; id=1"]);
    return `${parseStsRecord(input).kind} ${selectStsRecord([input]).kind}`;
  },
};

const uri = sequence(
  oneOf("mailto:", "https://", "https:", "http://", "ftp://", "MAILTO:"),
  mostly(10, sequence(many(letter, 1, 8), oneOf("@", "/", "%20", "!", "%"), name), many(char(0x21, 0x7e), 0, 30)),
  mostly(4, "", "?subject=x", "!10m", "#f", many(sequence("%", digit, letter), 1, 4)),
);

export const tlsrptRecord: Parser = {
  name: "tlsrpt-record",
  grammar: sequence(
    mostly(30, "v=TLSRPTv1", "v=TLSRPTv2", "v=tlsrptv1", " v=TLSRPTv1"),
    semicolon,
    sequence(mostly(30, "rua", "RUA", "ruf"), "=", uri, many(sequence(mostly(10, ",", " , ", ";", ",,"), uri), 0, 5)),
    many(sequence(semicolon, extension), 0, 4),
    mostly(3, semicolon, ""),
  ),
  samples: vectors<Vector & { readonly input: readonly (readonly string[])[] }>("tlsrpt-record").flatMap(({ input }) =>
    input.map((strings) => strings.join("")),
  ),
  pieces: [...words("v=TLSRPTv1 rua= mailto: https:// ; , = @ % %2c a@b ? # [ ] : !"), " ", "\t", "\xe4"],
  wide: true,
  read: (input) => {
    selectTlsrptRecord([input, input]);
    return `${parseTlsrptRecord(input).kind} ${selectTlsrptRecord([input]).kind}`;
  },
};
