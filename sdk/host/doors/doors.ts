import { aboutDoor } from "./about.ts";
import type { Door } from "./exchange.ts";
import { filesDoor } from "./files/door.ts";
import { jsonDoor } from "./json/door.ts";
import { restDoor } from "./rest/door.ts";
import { soapDoor } from "./soap/door.ts";

/** What a listening host has to offer. The first door that claims a path answers. */
export const doors: readonly Door[] = [jsonDoor, restDoor, soapDoor, filesDoor, aboutDoor];
