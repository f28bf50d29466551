import {
  type BlockRunner,
  command,
  commandRegistry,
  entryOf,
  Interpreter,
  isPromise,
  parse,
} from "../../repl/language/index.ts";

export const group = "lang";

const ITERATIONS = 3_000_000;
const OBJECTS = 1_000_000;
const SCRIPT_BYTES = 1_000_000;

const PIECE = `
function Get-Thing {
  [CmdletBinding()]
  param([Parameter(Mandatory = $true, Position = 0)][string[]]$Name, [int]$Count = 5)
  process {
    foreach ($n in $Name) {
      $vm = Get-VM -Name $n -ErrorAction SilentlyContinue | Where-Object { $_.PowerState -eq "PoweredOn" -and $_.NumCpu -gt 2 }
      if ($vm -ne $null) { $total += $vm.MemoryGB * 1024; Write-Host "VM $($vm.Name) on $n has $total MB" -ForegroundColor Green }
      else { Write-Warning ('not found: {0}' -f $n) }
      $report += [pscustomobject]@{ Name = $vm.Name; Host = $vm.VMHost.Name; Size = [math]::Round($vm.UsedSpaceGB, 2) }
    }
  }
  end { return $report | Sort-Object Name | Select-Object Name, @{N='x';E={$_.Size * 2}} }
}
`;

/** The stages of the pipeline that is measured, in their plainest form: the language is measured, not the commands. */
const input = { type: "object", pipeline: "value", help: "The object." } as const;
const stages = [
  command({
    name: "ForEach-Object",
    summary: "Runs a block for each object.",
    parameters: {
      Process: { type: "scriptblock", position: 0, mandatory: true, help: "The block." },
      InputObject: input,
    },
    state: (): { runner: BlockRunner | undefined } => ({ runner: undefined }),
    process(ctx, { Process, InputObject = null }) {
      ctx.state.runner ??= ctx.block(Process);
      return ctx.state.runner.each(InputObject);
    },
  }),
  command({
    name: "Where-Object",
    summary: "Keeps the objects a block says yes to.",
    parameters: {
      FilterScript: { type: "scriptblock", position: 0, mandatory: true, help: "The block." },
      InputObject: input,
    },
    state: (): { runner: BlockRunner | undefined } => ({ runner: undefined }),
    process(ctx, { FilterScript, InputObject = null }) {
      ctx.state.runner ??= ctx.block(FilterScript);
      const yes = ctx.state.runner.test(InputObject);
      if (isPromise(yes)) return yes.then((answer) => (answer ? ctx.writeWhole(InputObject) : undefined));
      return yes ? ctx.writeWhole(InputObject) : undefined;
    },
  }),
  command({
    name: "Measure-Object",
    summary: "Adds numbers up.",
    parameters: { Sum: { type: "switch", help: "Adds them up." }, InputObject: input },
    state: () => ({ sum: 0 }),
    process(ctx, { InputObject }) {
      if (typeof InputObject === "number") ctx.state.sum += InputObject;
    },
    end: (ctx) => ctx.write(ctx.state.sum),
  }),
];

/** The best of a few runs: the others were disturbed. */
async function fastest(times: number, action: () => unknown): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < times; round += 1) {
    const start = performance.now();
    await action();
    best = Math.min(best, performance.now() - start);
  }
  return best / 1000;
}

export async function run(report: (name: string, value: number, unit: string) => void): Promise<void> {
  const text = PIECE.repeat(Math.ceil(SCRIPT_BYTES / PIECE.length));
  const parsing = await fastest(5, () => parse(text));
  report("lang.parse_mb_s", text.length / 1e6 / parsing, "MB/s");

  const interpreter = new Interpreter({ commands: commandRegistry(stages.map((stage) => entryOf(stage))) });
  const loop = `$s = 0; for ($i = 0; $i -lt ${ITERATIONS}; $i++) { $s = $s + $i % 7 }`;
  const looping = await fastest(4, () => interpreter.run(loop));
  report("lang.loop_iterations_s", ITERATIONS / looping, "1/s");

  const pipeline = `1..${OBJECTS} | ForEach-Object { $_ * 2 } | Where-Object { $_ % 3 -eq 0 } | Measure-Object -Sum`;
  const piping = await fastest(4, () => interpreter.run(pipeline));
  report("lang.pipeline_objects_s", OBJECTS / piping, "1/s");
}
