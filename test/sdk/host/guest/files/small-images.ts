import { brotliDecompressSync } from "node:zlib";

/**
 * Empty filesystems, made with mke2fs 1.47.0 (brotli, base64): `plain` is made as the image is but has 1 MiB, `bare` has no checksums, and
 * `usual` is what `mke2fs -t ext4` makes of 16 MiB without being told anything: blocks of 1 KiB, a journal, 64-bit numbers.
 */
const packed = {
  plain:
    "X///D+Bx4MZyLNc+8uIBfn+8597/vpihCKiC1QkaGd3mvqZQlxca5PrKLLWq8idupnEJZhYHtAbIGsSBhF0GeRZnnmKi0Zy/dAHBBH56KDZ39y" +
    "K4KdhUuUTgENTl1pIdgQD8QScgIsJZnGUEULInZ4M0nf8RhGMwcCC//cZyMBbZSpguulxevzkxf+uI1f27a3vE+zyCAQXXlimxqlULTxCQBDKV" +
    "lS0HV7a6hTvrK5cj6P+ZBwARZajFH52iBLw7d7rT+EMImEoMGDIPAFJiIwqE2IQ5EMXqysfT4ry4f8Gu34AwHB4ASLQCnrduLvTlvwOAPhYXmw" +
    "cASn5bPQC46nP4W0zJh+8FwIkDjy5R2F4CeAA9AEizv/Xfl0PwOQCkf2BD61WQiV/pSMhvoyi5B2lkhhyQA/L+BAkAAjKI2PGfakfm12IBkcvt" +
    "ca5hwbXcc8GdvsKCu/OYBff6JQvu6FUWXNd9Jv72FSEfjGLkGQhtVE1nggS8nYmsrShpbgg=",
  bare:
    "X///D+B5YNtsttLwEEXKYjFaln3aHQF16d6lVbCKzeI/4dKAQrEKFOEYxbDTx78BHNIaJ4faO2zANdAEC20y6FOnatayAAY157EAz2E+V4niT9" +
    "wrmNbmFCwY9gr/7vpvUrtRnOCCUjvl5ssnEIAUpoAI57ZaAmifyiPLdkvoE8AMav4HM8MAqy7Nd/dvfz0eTlL9OOYB9bmtFeBdXQEeiILqAxcA" +
    "UKafTA8AInLII2UqypP4rOOieQCQ6RJ6AFC667dh7A+sWQ4lBvgr2mvA55TRsrSaSl7ugDLZjezFpQQAgAE+iuQMJDbqfvsAAPKoaKNLAkAxoi" +
    "7ESRuKSo7V8HQ1xi/gDQMQuDweALBFtTcA9u8N6gEAH9wDgDZtdC8A2NSePAA=",
  usual:
    "n////xHFRID7ceCUNQ9w/evzqjdRcpsoDpr01UmIB8DurTc/E0oLZglXW+3JNdyygyuQ1SUA8hvznAf6Q9XwEppEY1I0HI2PbREPF7AgBe+Vx6" +
    "ZpJa5ArcIh7Fiv6wdb7PW8AFzwAlt5vtrY+7uMg8mr2mQEDOUSBbqt55qGMTqj+LGHv1MJAKAMZYgD0g7E7WJycsmvgeBDEswgcf3bG8LLEfaE" +
    "LEi5WdS4e2LJPSe2bzq8f8cBVfaCC4gD8AWWBsGYJDZqTcKfgTBNC7lclk2DdZQpE8gPRBhwu/GxFhvPfPLve5X3XHaV6+wr/Ds2IgTvJl6J/T" +
    "v2kT/ML6/8+3wzXOEa1yOcLxRHNDgbQdw/N1isrbxvX7l6zOIxqixX45E7PPjljiZ3DLljyR1H7nhyJ5A7kdxJ5E4mdwq5U8mdRu50cmeQO5Pc" +
    "WeTOJncOuXPJnUfufHIXkLuQ3EXkLiZ3CblLyV1G7nJyV5C7ktxV5K4mdw25a8ldR+56cjeQu5HcTeRuJncLuVvJ3UbudnJ3kLuT3F3k7iZ3D7" +
    "l7yd1H7n5yD5B7kNxD5B4m9wi5R8k9Ru5xck8h91RyTyP3dHLPIPdMcs8i92xyzyH3XHJPkHseueeTewG5F5J7EbkXk3sJuZeSexm5l5N7BblX" +
    "knsVuVeTew2515J7HbnXk3sDuTeSexO5N5N7C7m3knsbubeTewe5d5J7F7l3k3sPufeSex+595P7ALkPkvsQuQ+T+wi5j5L7GLmPk/sEuU+S+x" +
    "S5T5P7DLnPkvscuc+T+wK5L5L7kodlMm7HxsngEXQu/tfKNdmC0578Ev3XG6De+G1dtc6fxxFu/CVGiYA4MDEotmGA62H2OFxEmZv//QiPISPg" +
    "PojvgGt7vAPu/G3e+KMf2MfFS9rC8OS3ioH/g9RwK5wWH8/bPLtWP3WlWaG4k38LCrlcFl30UJC9cVLA9TzhjX/1ufW9OI42O3+DEXlaMAk3wu" +
    "jKW+UXxN+WtD+MUyJIEkRavIlEDmshER9FJUQuXAxNGq88DF0j7r0l8cmxnMPPJR78se+irjd3O7+t3j5ZA39FpZ1v3w+AvDcTGrWXf9re1raQ" +
    "aGKIJY54EkgkiWRSSCVNugyZsmTLkStPvgKFihQrUapMuQqVqlSrUatOvQaNmjRr0apNuw6dunTr0atPvwGDhgwbMWqMcaYwlWlMZwYzmcVs5j" +
    "CXCeYxnwUsZBGLWcJSlrGcFaxkFatZw1rWsZ4NbGQTm9nCVraxnR3sZBe72cNe9rGfAxzkEIc5wlGOcZwTnOQUpznDWc5xngtcdKmW5+b//7nY" +
    "GvjSffypq93qzgfkrBcH+xOC8JkQHBSACTTwmdL9uv9vEdj7Cg==",
} as const;

export const smallImage = (name: keyof typeof packed): Buffer =>
  brotliDecompressSync(Buffer.from(packed[name], "base64"));
