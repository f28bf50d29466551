#!/usr/bin/env bash
# Other people's programs that the tests and benches use, into .peers at the top (git ignores it): the commands of this Go module
# (govmomi's govc and vcsim, and programs that drive a server for the benches) into .peers/bin, pyvmomi into .peers/venv.
# Says plainly what is missing and then ends with 1, having made what could be made.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
peers="$PWD/../../../.peers"
mkdir -p "$peers/bin"
missing=0

miss() {
  echo "$*" >&2
  missing=1
}

if ! command -v go >/dev/null; then
  miss "govc and vcsim are not built: there is no Go here (1.25 or newer is needed)."
elif ! GOTOOLCHAIN="${GOTOOLCHAIN:-auto}" go build -trimpath -o "$peers/bin/" ./...; then
  miss "govc and vcsim are not built: $(go version) could not (1.25 or newer is needed, and govmomi from the module proxy)."
else
  echo "in .peers/bin: $(ls "$peers/bin" | tr '\n' ' ')"
fi

wanted=$(cat requirements.txt)
if [[ -x "$peers/venv/bin/python" && "$("$peers/venv/bin/python" -m pip freeze 2>/dev/null | grep -xF "$wanted")" == "$wanted" ]]; then
  echo "in .peers/venv: $wanted"
elif ! command -v python3 >/dev/null || ! python3 -c 'import ensurepip, venv' 2>/dev/null; then
  miss "pyvmomi is not installed: there is no python3 with its venv module here."
elif ! { rm -rf "$peers/venv" && python3 -m venv "$peers/venv" && "$peers/venv/bin/python" -m pip install --quiet -r requirements.txt; }; then
  rm -rf "$peers/venv"
  miss "pyvmomi is not installed: pip could not."
else
  echo "in .peers/venv: $wanted"
fi
exit "$missing"
