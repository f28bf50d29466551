import picocolors from "picocolors";

export type Colours = ReturnType<typeof picocolors.createColors>;
type Paint = (text: string) => string;

/** What is asked of a stream to know whether it shows colours: a terminal has `getColorDepth`, a file or pipe has not. */
export interface ColourStream {
  getColorDepth?(): number;
}

/** Painters for `stream`: they leave text unchanged unless it is a terminal with colours and NO_COLOR is not set. */
export function coloursFor(stream: ColourStream, environment: NodeJS.ProcessEnv = process.env): Colours {
  const wanted = (environment.NO_COLOR ?? "") === "" && (stream.getColorDepth?.() ?? 1) > 1;
  return picocolors.createColors(wanted);
}

/** Painters that leave all text as it is. */
export const plainColours: Colours = picocolors.createColors(false);

/** The sixteen console colours of Write-Host, in lower case, and the painters they stand for. */
const foregrounds = {
  black: "black",
  darkblue: "blue",
  darkgreen: "green",
  darkcyan: "cyan",
  darkred: "red",
  darkmagenta: "magenta",
  darkyellow: "yellow",
  gray: "white",
  darkgray: "blackBright",
  blue: "blueBright",
  green: "greenBright",
  cyan: "cyanBright",
  red: "redBright",
  magenta: "magentaBright",
  yellow: "yellowBright",
  white: "whiteBright",
} as const;

const backgrounds = {
  black: "bgBlack",
  darkblue: "bgBlue",
  darkgreen: "bgGreen",
  darkcyan: "bgCyan",
  darkred: "bgRed",
  darkmagenta: "bgMagenta",
  darkyellow: "bgYellow",
  gray: "bgWhite",
  darkgray: "bgBlackBright",
  blue: "bgBlueBright",
  green: "bgGreenBright",
  cyan: "bgCyanBright",
  red: "bgRedBright",
  magenta: "bgMagentaBright",
  yellow: "bgYellowBright",
  white: "bgWhiteBright",
} as const;

/** Names of the console colours as PowerShell spells them. */
export const consoleColours = [
  "Black",
  "DarkBlue",
  "DarkGreen",
  "DarkCyan",
  "DarkRed",
  "DarkMagenta",
  "DarkYellow",
  "Gray",
  "DarkGray",
  "Blue",
  "Green",
  "Cyan",
  "Red",
  "Magenta",
  "Yellow",
  "White",
] as const;

/** A painter for console colour names in any case; names it does not know leave the text as it is. */
export function painter(colours: Colours, foreground?: string, background?: string): Paint {
  const front = lookUp(foregrounds, foreground);
  const back = lookUp(backgrounds, background);
  const paintFront: Paint = front === undefined ? String : colours[front];
  const paintBack: Paint = back === undefined ? String : colours[back];
  return (text) => paintBack(paintFront(text));
}

function lookUp<T>(table: Readonly<Record<string, T>>, name: string | undefined): T | undefined {
  const key = name?.toLowerCase() ?? "";
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
