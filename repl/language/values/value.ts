/**
 * What a variable of the language can hold.
 *
 * | PowerShell | JavaScript |
 * |---|---|
 * | `$null` | `null` (never `undefined`) |
 * | `[bool]`, `[string]` | boolean, string |
 * | `[int]` | a number that is an integer within int32 |
 * | `[double]` | every other number; boxed as `Double` when it is integral and within int32 |
 * | `[long]`, `[bigint]` | bigint |
 * | `[decimal]`, `[char]` | `Decimal`, `Char` |
 * | `[object[]]` | array, of a fixed size as far as the language is concerned |
 * | `[byte[]]` | `Uint8Array` |
 * | `ArrayList`, `List[T]` | `List` |
 * | `[hashtable]`, `[ordered]` | `Hashtable` |
 * | `[datetime]`, `[timespan]` | `DateTime`, `TimeSpan` |
 * | `[pscustomobject]` | `PSObject` |
 * | everything else | a class that implements `Members`, or a plain data object |
 */
export type Value = null | boolean | number | bigint | string | object;
